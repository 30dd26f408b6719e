"""Proyek desa: are the builders of village works insured before the first day (Jakon)?"""

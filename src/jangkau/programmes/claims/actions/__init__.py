"""The only place that writes claims, papers that were brought, reports of villages and scholarships."""

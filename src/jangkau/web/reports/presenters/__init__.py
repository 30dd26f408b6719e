"""Facts of a region turned into papers: letter, tables, drawings, workbook. Papers are always Indonesian."""

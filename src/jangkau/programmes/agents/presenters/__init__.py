"""Facts about agents as pages and workbooks show them."""

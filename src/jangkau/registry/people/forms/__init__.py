"""How rupiah, days, months and words are typed in the forms of every room."""

"""The faces of employers, their own page, arrears, the joint agenda and letters."""

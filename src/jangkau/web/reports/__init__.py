"""Reports that leave the house: the monthly report, the village sheet, the six-month report of Inpres 2/2021."""

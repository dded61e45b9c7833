"""The catalogue as CPSV-AP 3.2, for other catalogues of public services."""

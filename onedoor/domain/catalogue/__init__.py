"""What the state offers: services with papers, fees, time and legal basis, in immutable editions."""

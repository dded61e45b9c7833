"""What the API takes and gives, as it stands in its OpenAPI description; one file for each kind of thing."""

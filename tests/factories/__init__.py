"""What tests are made of, built through the actions."""

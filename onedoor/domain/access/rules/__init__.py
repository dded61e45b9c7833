"""Pure decisions of access: trees, validity, codes. No tables, no clock."""

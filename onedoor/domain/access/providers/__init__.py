"""What access asks of others, behind one small face each."""

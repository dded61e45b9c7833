"""Payments: cash at the counter, its receipts and its ledger."""

"""Registers the context with Django."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Payments: cash at the counter, its receipts and its ledger."""

    name = "onedoor.domain.payments"
    label = "payments"
    verbose_name = "Payments"

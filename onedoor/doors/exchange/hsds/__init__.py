"""The catalogue as Open Referral HSDS 3.0, for directories of services."""

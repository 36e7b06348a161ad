"""The names of the terms, and the module that reads each."""

TERM_MODULES = {
    "no_cause_termination_days": "no_cause_termination",
    "initial_term": "initial_term",
    "renewal": "renewal",
    "non_renewal_notice_days": "non_renewal_notice",
    "breach_cure_days": "breach_cure",
    "timely_filing_days": "timely_filing",
    "clean_claim_days": "clean_claim",
    "late_payment_interest": "late_payment_interest",
    "amendment": "amendment",
    "amendment_notice_days": "amendment_notice",
    "fee_schedule_basis": "fee_schedule_basis",
    "lesser_of": "lesser_of",
    "recoupment_lookback_months": "recoupment_lookback",
    "dispute_resolution": "dispute_resolution",
    "assignment": "assignment",
    "network_expansion": "network_expansion",
    "affiliate_access": "affiliate_access",
    "most_favored_nation": "most_favored_nation",
    "confidentiality_of_rates": "confidentiality_of_rates",
    "hold_harmless": "hold_harmless",
    "medical_necessity": "medical_necessity",
    "audit": "audit",
    "credentialing_days": "credentialing",
    "gag_clause": "gag_clause",
}
TERM_NAMES = tuple(TERM_MODULES)

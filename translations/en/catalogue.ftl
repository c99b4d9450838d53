# The catalogue: search, procedures, agencies, services.

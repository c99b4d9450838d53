# Officers: inbox, acceptance, refusal, results.

/** The statuses of what is refused to who signs in, by passkey, password or invitation, at their account, or of compartments. */
export const SIGN_IN_CODES = {
  401: ["sign_in_failed"],
  403: ["own_invitation", "sign_in_again"],
  404: ["compartment_unknown", "invitation_unknown", "session_unknown"],
  409: [
    "already_admitted",
    "compartment_name_taken",
    "not_admitted",
    "challenge_over",
    "invitation_already_registered",
    "invitation_over",
    "invitation_used",
    "last_way_in",
    "login_taken",
    "person_erased",
  ],
  422: [
    "code_wrong",
    "passkey_needs_name",
    "passkey_refused",
    "password_guessable",
    "password_short",
    "person_sample",
  ],
} as const;

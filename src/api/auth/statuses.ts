/** The statuses of what is refused to who signs in, by passkey, password, invitation or at their account. */
export const SIGN_IN_CODES = {
  401: ["sign_in_failed"],
  403: ["own_invitation", "sign_in_again"],
  404: ["invitation_unknown", "session_unknown"],
  409: [
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

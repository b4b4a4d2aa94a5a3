# Verifying one's identity: providers, ties, services that need it, the rehearsal of the demo

means-code = One-time code
means-identity = Identity check
means-simple = Simple authentication
means-mobile_id = Mobile ID
means-certificate = Certificate
assurance-none = Not checked
assurance-contact = Contact checked
assurance-verified = Identity verified

identity-sign-in-title = Sign in with an identity check
identity-sign-in-text = Choose a provider and you are taken to its page. We do not receive your resident registration number.
identity-code-title = Sign in with a one-time code
identity-enter = to sign in
identity-tie = to connect

reach-own-title = Contacts you sign in with
reach-none = You have no contact that a sign-in code can be sent to.
reach-lets-in = you can sign in with a code sent here
reach-only = for notices only
reach-add = Add a contact
reach-change = Add or change a contact
reach-add-title = Add or change a contact
reach-add-text = We send a code there. Once you have entered it, you can sign in with that contact.
reach-replaces = A new telephone number or mail address takes the place of the one of its kind below. You can no longer sign in with the one it replaces.
reach-error-others = Somebody else’s “My petitions” is opened with this contact, so nothing was changed. Use another contact, or sign out and sign in with this one to see the petitions there.
done-contact-added = You can sign in with this contact now.
done-contact-reached = Notices will be sent to this contact. You cannot sign in here with it, because it opens another “My petitions”.

identity-own-title = My identity checks
identity-own-text = Once an identity check is connected, signing in with it opens the same “My petitions”.
identity-own-none = No identity check is connected.
identity-since = Connected
identity-shown = Last used
identity-untie = Disconnect
identity-tie-title = Connect an identity check
identity-error-last = We did not disconnect it, because you could not get back into “My petitions” without it. Please add a sign-in contact or connect another identity check first.
done-identity-tied = Your identity is verified.
done-identity-untied = The identity check is disconnected.

identity-leaving-title = Connect an identity check
identity-leaving-text = You are about to go to the page of { $name }. When you have finished there, you come back here and it is connected.
identity-taken-over = What we receive from the provider
identity-taken-name = Your name
identity-taken-reach = Telephone and email (used only to fill in a missing contact)
identity-taken-identifier = A number that tells us it is you again (kept in a form from which the number cannot be read)
identity-leaving-not = Do not connect
identity-leaving-go = Go to { $name }

identity-not-title = Your identity could not be verified
identity-not-foreign = This check was not started in this browser, or you signed in or out meanwhile. Please start again.
identity-not-late = More than ten minutes have passed. Please start again.
identity-not-again = This result has been used already. If you are not signed in, please start again.
identity-not-cancelled = You stopped the identity check. You can do it again whenever you like.
identity-not-refused = The result that the provider sent is not valid, so we did not accept it. Please try again, or use another way.
identity-not-lacking = The provider did not tell us what we need, such as your name. Please see whether you agreed to share it, or use another way.
identity-not-away = The provider cannot be reached. Please try again later, or use another way.
identity-not-taken = This identity check belongs to another “My petitions” already, so we did not connect it here. We never merge the two on our own. Sign out and sign in with this identity check to see the petitions there.
identity-not-signed_out = You were signed out meanwhile, so nothing was connected. Please sign in and try again.
identity-not-wait = There were too many tries in a short time. Please try again later.
identity-not-kept = What you were writing is still saved as a draft.
identity-try-again = Try again
identity-counter = If an identity check is difficult for you, come to the petition office with an identity card, or call us: { $phone }

identity-needed-title = This service needs an identity check
identity-needed-text = to file it online, please verify your identity first (Electronic Government Act, Article 10).
identity-needed-kept = What you have written is saved as a draft. After the check you go on from here.
identity-needed-tie = The identity check is connected to the “My petitions” you are signed in to.
identity-needed-none = No identity check can be done on this website at present. Please file in the way below.
identity-choose = Choose how
identity-other-way = Another way to file
identity-service = To file online, you need to verify your identity.
identity-name-kept = This is the name from your identity check. If you file for somebody else or for an organisation, open the part just below and choose.

identity-case = Petitioner verified by
identity-case-value = { $means } · { $when }

identity-rehearsal-title = Rehearsal identity check
identity-rehearsal-mark = This page exists in the demo only. It checks nothing.
identity-rehearsal-text = In real use the page of an identity provider stands here. The people below are invented.
identity-rehearsal-who = Who would you like to be?
identity-rehearsal-no-reach = (no contact)
identity-rehearsal-faults = Try what can go wrong
identity-rehearsal-lacking = The provider gives no name
identity-rehearsal-away = The provider cannot be reached
identity-rehearsal-cancel = Stop

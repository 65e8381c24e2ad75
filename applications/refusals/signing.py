"""Why a signature, a link to sign or a withdrawal was refused, in words a person can act on."""

from django.utils.translation import gettext as _

from icld_portal.refusals import Refusal


class LinkWithdrawn(Refusal):
    """Whoever sent the link has taken it back."""

    code = "link_withdrawn"

    def text(self) -> str:
        return _(
            "The link has been taken back by those who sent it, so it cannot be used. Ask them to "
            "send you a new one if you are to sign."
        )


class NewerVersion(Refusal):
    """Another version has been submitted since. Figures: version, asked, latest."""

    code = "newer_version"

    def text(self) -> str:
        return _(
            "This link is for version %(version)s. Version %(latest)s has been submitted since, "
            "and it is that one which counts. Use the newest link that you have been sent, or ask "
            "the applicant for it."
        ) % {"version": self.figures["version"], "latest": self.figures["latest"]}


class NotToBeSigned(Refusal):
    """The application has been withdrawn, or decided. Figures: state."""

    code = "not_to_be_signed"

    def text(self) -> str:
        if self.figures["state"] == "withdrawn":
            return _("The application has been withdrawn, so there is nothing to sign.")
        return _("The application has been decided, so it is no longer signed.")


class AlreadySigned(Refusal):
    """There is a signature for the party and this version already. Figures: party, name."""

    code = "already_signed"

    def text(self) -> str:
        return _("%(name)s has signed this version for %(party)s already.") % {
            "name": self.figures["name"],
            "party": self.figures["party"],
        }


class NothingToSign(Refusal):
    """Nothing has been submitted yet."""

    code = "nothing_to_sign"

    def text(self) -> str:
        return _("Nothing has been submitted yet. Links to sign can be sent once it has been.")


class NotAPartyToSign(Refusal):
    """The organisation is no party of what was submitted."""

    code = "not_a_party_to_sign"

    def text(self) -> str:
        return _("The organisation is not a party of the version that was submitted.")


class NotAScan(Refusal):
    """Not a checked file of this application with signatures in it."""

    code = "not_a_scan"

    def text(self) -> str:
        return _("Choose a signed application that has been uploaded to this case and checked.")


class NotWithdrawable(Refusal):
    """Withdrawn already, decided, or never submitted. Figures: state."""

    code = "not_withdrawable"

    def text(self) -> str:
        if self.figures["state"] == "withdrawn":
            return _("The application has been withdrawn already.")
        return _(
            "Only an application that has been submitted and not yet decided can be withdrawn."
        )

//! 공동이용의 역할 — who names whom 총괄관리자, 권한부여자, 접근권한자 (전자정부법 제39조제7항).

use crate::App;
use crate::act::{ActError, Call};
use domain::access::Who;
use domain::consent::{Grant, Role, may_give};
use domain::id::OfficialId;
use domain::refusal::Refusal;
use domain::terms::{Code, Seat};
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::people::Change;

impl App {
    /// Every role ever given, newest first; for those who give roles, hold one, administer the office or answer for privacy.
    pub async fn sharing_roles(&self, who: &Who) -> Result<Vec<Grant>, ActError> {
        let Who::Official(me) = who else {
            return Err(ActError::NotFound);
        };
        let grants = self.places.live.sharing_roles().await?;
        let seated =
            (me.posts.iter()).any(|post| matches!(post.seat, Seat::Administrator | Seat::PrivacyOfficer));
        let holds = (grants.iter()).any(|grant| grant.official == me.id && grant.ended.is_none());
        if seated || holds {
            Ok(grants)
        } else {
            Err(ActError::NotFound)
        }
    }

    /// Which roles `who` may give to somebody else.
    pub fn gives_sharing_roles(&self, who: &Who, grants: &[Grant]) -> Vec<Role> {
        let Who::Official(me) = who else {
            return Vec::new();
        };
        let seats: Vec<Seat> = me.posts.iter().map(|post| post.seat).collect();
        let other = OfficialId(uuid::Uuid::nil());
        (Role::ALL.iter().copied())
            .filter(|role| may_give((me.id, &seats), grants, *role, other).is_ok())
            .collect()
    }

    /// 지정 — gives a role; one given already stays. Errors: not theirs to give, to themselves, an item nobody knows.
    pub async fn give_sharing_role(
        &self,
        who: &Who,
        to: OfficialId,
        role: Role,
        item: Option<Code>,
        call: &Call,
    ) -> Result<(), ActError> {
        let grants = self.sharing_roles(who).await?;
        let by = self.may_give_role(who, &grants, role, to)?;
        let item = match (role, item) {
            (Role::Accessor, Some(item)) if self.shared.get(item).is_some() => Some(item),
            (Role::Accessor, _) => return Err(Refusal::NoAccess.into()),
            (Role::Manager | Role::Grantor, _) => None,
        };
        if !self.ordinary().office().officials.contains_key(&to) {
            return Err(ActError::NotFound);
        }
        let has = |grant: &Grant| {
            grant.official == to && grant.role == role && grant.item == item && grant.ended.is_none()
        };
        if grants.iter().any(has) {
            return Ok(());
        }
        let grant = Grant {
            id: *self.id().as_bytes(),
            official: to,
            role,
            item,
            given_by: by,
            given_at: self.now(),
            ended: None,
        };
        let mut batch = Batch::new();
        batch.sharing_role(&grant);
        self.role_changed(&mut batch, who, "sharing_role_given", &grant, call);
        Ok(self.places.live.commit(batch, Urgency::User).await?)
    }

    /// 지정 해제.
    pub async fn end_sharing_role(&self, who: &Who, id: [u8; 16], call: &Call) -> Result<(), ActError> {
        let grants = self.sharing_roles(who).await?;
        let grant = grants
            .iter()
            .find(|grant| grant.id == id)
            .ok_or(ActError::NotFound)?;
        let by = self.may_give_role(who, &grants, grant.role, grant.official)?;
        if grant.ended.is_some() {
            return Ok(());
        }
        let mut batch = Batch::new();
        batch.sharing_role_ended(id, by, self.now());
        self.role_changed(&mut batch, who, "sharing_role_ended", grant, call);
        match self.places.live.commit(batch, Urgency::User).await {
            Ok(()) | Err(CommitFault::Conflict) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    fn may_give_role(
        &self,
        who: &Who,
        grants: &[Grant],
        role: Role,
        to: OfficialId,
    ) -> Result<OfficialId, ActError> {
        let Who::Official(me) = who else {
            return Err(Refusal::NotYours.into());
        };
        let seats: Vec<Seat> = me.posts.iter().map(|post| post.seat).collect();
        may_give((me.id, &seats), grants, role, to)?;
        Ok(me.id)
    }

    fn role_changed(&self, batch: &mut Batch, who: &Who, what: &str, grant: &Grant, call: &Call) {
        let item = grant.item.map(|item| item.to_string());
        let change = Change {
            at: self.now(),
            by: who.by(),
            origin: call.origin.clone(),
            what: what.to_owned(),
            subject: grant.official.bytes(),
            body: serde_json::json!({ "role": grant.role, "item": item }).to_string(),
        };
        batch.change(self.id(), &change);
    }
}

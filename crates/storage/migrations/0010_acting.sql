-- By which representation the person acts for somebody else in this session.
alter table session add column representation_id text references representation (id);

-- The account that was represented, when a person acted for another.
alter table dossier_event add column principal_id text;
-- Its name then.
alter table dossier_event add column principal_name text;

create index dossier_event_principal_id on dossier_event (principal_id, at) where principal_id is not null;
create index dossier_event_representative_id on dossier_event (actor_id, at) where principal_id is not null;

-- The legal representative of an enterprise, as JSON: name, number, birth date.
alter table account add column representative text;

-- Accounts that wait for an administrator: few among very many.
create index account_waiting on account (registered_at, id) where status = 'pending_approval';

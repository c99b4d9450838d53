-- The gateway that took a text message over.
alter table message add column gateway text;
-- When a try to send it failed that is repeated later; the last such try.
alter table message add column delayed_at {int};

create index message_delayed_at on message (delayed_at);

-- What gateways report about text messages that they took.
create table message_report (
    -- The message.
    message_id text not null references message (id),
    -- The gateway that reports.
    gateway text not null,
    -- Whether the telephone has it; once it has, it stays so.
    delivered {bool} not null,
    -- When the report came.
    reported_at {int} not null,
    constraint message_report_message_id_gateway primary key (message_id, gateway)
){strict};

-- The message with its latest code; none when there is nobody to send it to.
alter table one_time_code add column message_id text references message (id);

-- The one door through which a login adds a job. River's own grants would let every login read the jobs of
-- all tenants, so none but the worker has any; this function checks the pair (login, kind) instead.

-- +goose Up
-- +goose StatementBegin
create function job.add(kind text, args jsonb, run_at timestamptz default null) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  new_id bigint;
begin
  if not exists (select 1 from job.permit p where p.login = session_user and p.kind = add.kind) then
    raise exception 'login % may not add job %', session_user, kind using errcode = '42501';
  end if;
  -- five tries: with River's back-off the last comes after about five minutes, then a person looks
  insert into river.river_job (args, kind, max_attempts, scheduled_at, state)
  values (add.args, add.kind, 5, coalesce(run_at, now()), case when run_at > now() then 'scheduled' else 'available' end::river.river_job_state)
  returning id into new_id;
  return new_id;
end $$;
-- +goose StatementEnd
revoke all on function job.add(text, jsonb, timestamptz) from public;
grant execute on function job.add(text, jsonb, timestamptz) to rowan_hall, rowan_employer, rowan_clinical, rowan_portal, rowan_growth, rowan_worker;
grant execute on function report_lock(uuid) to rowan_clinical, rowan_portal;

insert into job.permit (login, kind) values
  ('rowan_hall', 'message.send'),
  ('rowan_employer', 'message.send'),
  ('rowan_clinical', 'message.send'),
  ('rowan_portal', 'message.send'),
  ('rowan_growth', 'message.send'),
  ('rowan_worker', 'activity.rollup'),
  ('rowan_worker', 'activity.workforce'),
  ('rowan_employer', 'referral.receive'),
  ('rowan_employer', 'referral.withdraw'),
  ('rowan_employer', 'referral.resubmit'),
  ('rowan_portal', 'report.release'),
  ('rowan_portal', 'report.correction'),
  ('rowan_clinical', 'report.release'),
  ('rowan_clinical', 'report.refused'),
  ('rowan_clinical', 'report.correction'),
  ('rowan_worker', 'clinic.extend'),
  ('rowan_portal', 'appointment.freed'),
  ('rowan_clinical', 'appointment.freed'),
  ('rowan_portal', 'appointment.remind'),
  ('rowan_clinical', 'appointment.remind'),
  ('rowan_clinical', 'appointment.not_assessed');

-- +goose Down
drop function job.add;
delete from job.permit;

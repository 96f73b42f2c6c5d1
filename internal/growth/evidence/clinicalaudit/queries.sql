-- name: InsertAudit :execrows
-- A clinical audit. The same id again changes nothing.
insert into clinical_audit (organisation_id, id, first_id, topic, standard, target_percent, audited_on, sample, denominator, numerator, findings, actions, owner, reaudit_on, cleared, author, at)
values (@organisation_id, @id, @first_id, @topic, @standard, @target_percent, @audited_on, @sample, @denominator, @numerator, @findings, @actions, @owner, @reaudit_on, @cleared, @author, @at)
on conflict (organisation_id, id) do nothing;

-- name: ListAudits :many
-- Every audit, in the order in which they were done.
select * from clinical_audit where organisation_id = @organisation_id order by audited_on, at, id;

-- name: WithdrawAudit :execrows
update clinical_audit set withdrawn_at = @withdrawn_at, withdrawn_by = @withdrawn_by
where organisation_id = @organisation_id and id = @id and withdrawn_at is null;

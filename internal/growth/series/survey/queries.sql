-- name: ListQuestions :many
select question, wording from survey_question where organisation_id = @organisation_id order by question;

-- name: ListResults :many
-- Of one question, or of all where it is empty.
select whose, question, year, part, part_name, answer, place, state, share, responses
from survey_result where organisation_id = @organisation_id and (@question::text = '' or question = @question)
order by question, whose, year, part, place;

-- name: LastFilled :many
-- When the results of each question were last filled.
select r.question, max(i.imported_at)::timestamptz as at from survey_result r
join data_import i on i.organisation_id = r.organisation_id and i.id = r.import_id
where r.organisation_id = @organisation_id group by r.question order by r.question;

-- name: UpsertQuestions :exec
insert into survey_question (organisation_id, question, wording, import_id)
select @organisation_id, unnest(@question::text[]), unnest(@wording::text[]), @import_id
on conflict (organisation_id, question) do update set wording = excluded.wording, import_id = excluded.import_id;

-- name: UpsertResults :exec
-- Responses of 0 are not known.
insert into survey_result (organisation_id, whose, question, year, part, part_name, answer, place, state, share, responses, import_id)
select @organisation_id, x.whose, x.question, x.year, x.part, x.part_name, x.answer, x.place, x.state, case when x.state = 'known' then x.share end, nullif(x.responses, 0), @import_id
from (select unnest(@whose::text[]) as whose, unnest(@question::text[]) as question, unnest(@year::int[]) as year, unnest(@part::text[]) as part, unnest(@part_name::text[]) as part_name,
 unnest(@answer::text[]) as answer, unnest(@place::int[]) as place, unnest(@state::text[]) as state, unnest(@share::double precision[]) as share, unnest(@responses::int[]) as responses) x
on conflict (organisation_id, whose, question, year, part, answer) do update
set part_name = excluded.part_name, place = excluded.place, state = excluded.state, share = excluded.share, responses = excluded.responses, import_id = excluded.import_id;

-- A business case that is submitted is a paper before the board, too.

-- +goose Up
alter table board_item alter column n drop not null;
comment on column board_item.n is 'The version of the strategy that it is about. None: it is about a business case, and has the id of that case';

-- +goose Down
delete from board_decision where item_id in (select id from board_item where n is null);
delete from board_answer_figure where question_id in (select q.id from board_question q join board_item i on i.id = q.item_id where i.n is null);
delete from board_question where item_id in (select id from board_item where n is null);
delete from board_item where n is null;
alter table board_item alter column n set not null;

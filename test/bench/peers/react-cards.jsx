import {
  DndContext,
  KeyboardSensor,
  PointerSensor,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";

/**
 * The cards of a board as they are usually built: React, React Query, cards that dnd-kit drags by mouse, finger and
 * keys. They have the elements and the sheet of our page's cards.
 */

const KEY = ["board"];
const formatters = new Map();

/** Made once for each currency and zone: making one takes longer than a card. */
const formatterOf = (name, make) => {
  if (!formatters.has(name)) formatters.set(name, make());
  return formatters.get(name);
};
const worth = ({ minor, currency }) =>
  formatterOf(currency, () => new Intl.NumberFormat("en", { style: "currency", currency })).format(minor / 100);
const dayIn = (timeZone) =>
  formatterOf(timeZone, () => new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone }));

export const sumsText = (sums) => sums.map(worth).join(", ");

/** What the server has said: the board, who looks, the plan and its managers. */
export function useBoard() {
  return useQuery({ queryKey: KEY, queryFn: async () => (await fetch("/board.json")).json() });
}

function Card({ deal, manager, timeZone }) {
  const { dealId, planId, title, person, amount, changedAt } = deal;
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform } = useDraggable({ id: dealId });
  const style = transform === null ? undefined : { transform: `translate(${transform.x}px, ${transform.y}px)` };
  return (
    <li ref={setNodeRef} className="deal" id={`card-${dealId}`} style={style}>
      <a className="who" href={`/plans/browser/${planId}/deals/${dealId}`}>
        <bdi>{title}</bdi>
      </a>
      <p>
        {person.name !== title && (
          <>
            <bdi>{person.name}</bdi> ·{" "}
          </>
        )}
        {worth(amount)}
      </p>
      <p className="soft">
        <bdi>{manager}</bdi> · <time dateTime={changedAt}>{dayIn(timeZone).format(new Date(changedAt))}</time>
      </p>
      <input className="choose" type="checkbox" name="deal" value={dealId} form="many" aria-label={`Choose ${title}`} />
      <button
        ref={setActivatorNodeRef}
        type="button"
        className="grip"
        title="Move"
        {...attributes}
        {...listeners}
        aria-label={`Move ${title}`}
      />
    </li>
  );
}

function Column({ status, total, cards, managers, timeZone }) {
  const { setNodeRef } = useDroppable({ id: status.statusId });
  const name = `column-${status.statusId}-name`;
  return (
    <section ref={setNodeRef} className="column" id={`column-${status.statusId}`} aria-labelledby={name}>
      <h2 id={name}>
        <svg className="dot" width="10" height="10" aria-hidden="true">
          <circle cx="5" cy="5" r="5" fill={status.colour} />
        </svg>{" "}
        <bdi>{status.name}</bdi> <span className="soft">{total.count}</span>
      </h2>
      <p className="soft worth">{total.count === 0 ? "nothing" : sumsText(total.sums)}</p>
      <ol className="cards">
        {cards.map((deal) => (
          <Card key={deal.dealId} deal={deal} manager={managers.get(deal.managerId)} timeZone={timeZone} />
        ))}
      </ol>
    </section>
  );
}

/** The columns of a board; a card that is dropped is in its new column at once. */
export function Columns({ data: { board, me, users } }) {
  const client = useQueryClient();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor),
    useSensor(KeyboardSensor),
  );
  const drop = ({ active, over }) => {
    if (over === null) return;
    client.setQueryData(KEY, ({ board: before, ...rest }) => {
      const card = before.columns.flatMap((column) => column.data).find(({ dealId }) => dealId === active.id);
      const columns = before.columns.map((column) => {
        const others = column.data.filter(({ dealId }) => dealId !== active.id);
        return { ...column, data: column.status.statusId === over.id ? [card, ...others] : others };
      });
      return { ...rest, board: { ...before, columns } };
    });
  };
  const managers = new Map(users.map(({ userId, name }) => [userId, name]));
  return (
    <DndContext sensors={sensors} onDragEnd={drop}>
      <div className="board" role="group" aria-label="Board" tabIndex={0}>
        {board.columns.map(({ status, total, data: cards }) => (
          <Column
            key={status.statusId}
            status={status}
            total={total}
            cards={cards}
            managers={managers}
            timeZone={me.tenant.timeZone}
          />
        ))}
      </div>
    </DndContext>
  );
}

/** Draws a page of what the server says. */
export const draw = (page) =>
  createRoot(document.getElementById("root")).render(
    <QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider>,
  );

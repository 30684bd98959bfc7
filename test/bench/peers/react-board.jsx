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
import { createElement as h } from "react";
import { createRoot } from "react-dom/client";

/**
 * A board of the API's JSON as it is usually built: React, React Query, cards that dnd-kit drags by mouse, finger and
 * keys. Its cards hold what those of our page hold (of their manager the id), in the same sheet; it has no filters, no
 * navigation and no forms.
 */

const KEY = ["board"];
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const worth = ({ minor, currency }) => new Intl.NumberFormat("en", { style: "currency", currency }).format(minor / 100);

function Card({ deal }) {
  const { dealId, planId, title, person, amount, managerId, changedAt } = deal;
  const { attributes, listeners, setNodeRef, transform } = useDraggable({ id: dealId });
  const style = transform === null ? undefined : { transform: `translate(${transform.x}px, ${transform.y}px)` };
  return h(
    "li",
    { ref: setNodeRef, className: "deal", id: `card-${dealId}`, style },
    h("a", { className: "who", href: `/plans/browser/${planId}/deals/${dealId}` }, h("bdi", undefined, title)),
    h("p", undefined, h("bdi", undefined, person?.name ?? ""), " · ", worth(amount)),
    h(
      "p",
      { className: "soft" },
      h("bdi", undefined, managerId ?? "nobody yet"),
      " · ",
      h("time", { dateTime: changedAt }, day.format(new Date(changedAt))),
    ),
    h("label", { className: "choose" }, h("input", { type: "checkbox", "aria-label": `Choose ${title}` })),
    h(
      "div",
      { className: "move" },
      h("button", { className: "grip", "aria-label": `Move ${title}`, ...listeners, ...attributes }, "⠿"),
    ),
  );
}

function Column({ status, total, cards }) {
  const { setNodeRef } = useDroppable({ id: status.statusId });
  return h(
    "section",
    { ref: setNodeRef, className: "column", "aria-label": status.name },
    h("h2", undefined, status.name, " ", h("span", { className: "soft" }, total.count)),
    h("p", { className: "soft worth" }, total.sums.map(worth).join(", ")),
    h(
      "ol",
      { className: "cards" },
      cards.map((deal) => h(Card, { key: deal.dealId, deal })),
    ),
  );
}

function Board() {
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: KEY, queryFn: async () => (await fetch("/board.json")).json() });
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor),
    useSensor(KeyboardSensor),
  );
  const drop = ({ active, over }) => {
    if (over === null) return;
    client.setQueryData(KEY, (board) => {
      const card = board.columns.flatMap((column) => column.data).find(({ dealId }) => dealId === active.id);
      const columns = board.columns.map((column) => {
        const others = column.data.filter(({ dealId }) => dealId !== active.id);
        return { ...column, data: column.status.statusId === over.id ? [card, ...others] : others };
      });
      return { ...board, columns };
    });
  };
  const columns = data?.columns ?? [];
  return h(
    DndContext,
    { sensors, onDragEnd: drop },
    h(
      "div",
      { className: "board", role: "group", "aria-label": "Board" },
      columns.map(({ status, total, data: cards }) => h(Column, { key: status.statusId, status, total, cards })),
    ),
  );
}

createRoot(document.getElementById("root")).render(h(QueryClientProvider, { client: new QueryClient() }, h(Board)));

import { DndContext, PointerSensor, useDraggable, useDroppable, useSensor, useSensors } from "@dnd-kit/core";
import { createElement as h, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

/** A board of the API's JSON as it is usually built: React, cards that are dragged by dnd-kit, nothing besides. */

function Card({ deal }) {
  const { attributes, listeners, setNodeRef, transform } = useDraggable({ id: deal.dealId });
  const moved = transform === null ? {} : { transform: `translate(${transform.x}px, ${transform.y}px)` };
  return h(
    "li",
    { ref: setNodeRef, className: "deal", style: moved, ...listeners, ...attributes },
    h("strong", undefined, deal.title),
    h("span", undefined, deal.person?.name ?? ""),
    h("span", undefined, `${deal.amountMinor / 100} ${deal.currency}`),
  );
}

function Column({ status, total, cards }) {
  const { setNodeRef } = useDroppable({ id: status.statusId });
  return h(
    "section",
    { ref: setNodeRef, className: "column" },
    h("h2", undefined, `${status.name} ${total.count}`),
    h(
      "ul",
      undefined,
      cards.map((deal) => h(Card, { key: deal.dealId, deal })),
    ),
  );
}

function Board() {
  const [columns, setColumns] = useState([]);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  useEffect(() => {
    void fetch("/board.json")
      .then((reply) => reply.json())
      .then((board) => setColumns(board.columns));
  }, []);
  const drop = ({ active, over }) => {
    if (over === null) return;
    setColumns((before) => {
      const card = before.flatMap(({ data }) => data).find(({ dealId }) => dealId === active.id);
      return before.map((column) => {
        const others = column.data.filter(({ dealId }) => dealId !== active.id);
        return { ...column, data: column.status.statusId === over.id ? [card, ...others] : others };
      });
    });
  };
  return h(
    DndContext,
    { sensors, onDragEnd: drop },
    h(
      "main",
      undefined,
      columns.map(({ status, total, data }) => h(Column, { key: status.statusId, status, total, cards: data })),
    ),
  );
}

createRoot(document.getElementById("root")).render(h(Board));

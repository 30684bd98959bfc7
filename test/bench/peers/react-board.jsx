import { Columns, draw, useBoard } from "./react-cards.jsx";

/** The cards of a board and nothing else: no navigation, no filters, no forms. */
function Cards() {
  const { data } = useBoard();
  return data === undefined ? null : (
    <main id="content">
      <Columns data={data} />
    </main>
  );
}

draw(<Cards />);

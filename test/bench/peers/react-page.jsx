import { useState } from "react";
import { Columns, draw, sumsText, useBoard } from "./react-cards.jsx";

/**
 * The page of a board in React: what our page shows, element for element, in the same sheet. What opens later (the Move
 * form, the dialog that asks why) is made later, as the templates of our page are.
 */

const DAILY = [
  ["for-you", "For You"],
  ["plans", "Sales plans"],
  ["code-red", "Code Red"],
  ["relationships", "Relationships"],
  ["statuses", "Statuses"],
];
const FURTHER = [
  ["refusals", "Why deals are lost"],
  ["notifications", "Messages"],
  ["nights", "Nights"],
  ["data-quality", "Data quality"],
  ["settings", "Settings"],
];
const OTHER = [
  ["/mail/", "Mail inbox"],
  ["/slack/", "Slack"],
  ["/keys", "Keys"],
];
const SORTS = [
  ["created", "newest"],
  ["changed", "last change"],
  ["amount", "amount"],
  ["title", "title"],
];
const LANGUAGES = [
  ["da", "Dansk"],
  ["pt-BR", "Português"],
  ["uk", "Українська"],
];

const Places = ({ places, tenantId }) => (
  <ul>
    {places.map(([place, name]) => (
      <li key={place}>
        <a href={`/${place}/${tenantId}`} aria-current={place === "plans" ? "true" : undefined}>
          {name}
        </a>
      </li>
    ))}
  </ul>
);

const Bar = ({ tenant }) => (
  <header className="bar">
    <a className="brand" href="/">
      Regulars
    </a>
    <nav className="daily" aria-label="Places">
      <Places places={DAILY} tenantId={tenant.tenantId} />
    </nav>
    <form role="search" aria-label="Everything" action={`/search/${tenant.tenantId}`}>
      <input id="search" type="search" name="q" aria-label="Search" placeholder="Search  /" maxLength={100} />
    </form>
    <button type="button" className="act" popoverTarget="menu" aria-label="Menu">
      <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 4h12M2 8h12M2 12h12" />
      </svg>
    </button>
    <div id="menu" popover="auto">
      <div className="viewer">
        <strong>
          <bdi>{tenant.name}</bdi>
        </strong>{" "}
        Owner of this machine <a href="/session/sign-in">see it as …</a>
      </div>
      <nav aria-label="Menu">
        <div className="daily">
          <Places places={DAILY} tenantId={tenant.tenantId} />
        </div>
        <Places places={FURTHER} tenantId={tenant.tenantId} />
        <ul>
          {OTHER.map(([path, name]) => (
            <li key={path}>
              <a href={path}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
      <form className="theme" method="post" action="/session/theme">
        <button className="plain" name="theme" value="light">
          Light
        </button>
        <button className="plain" name="theme" value="dark">
          Dark
        </button>
      </form>
    </div>
  </header>
);

const Options = ({ of }) =>
  of.map(([value, name]) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));

function Filters({ users, filter, setFilter }) {
  const change = (event) => {
    event.preventDefault();
    setFilter(Object.fromEntries(new FormData(event.currentTarget, event.nativeEvent.submitter)));
  };
  const managers = users.map(({ userId, name }) => [userId, name]);
  return (
    <form className="review filters" role="search" onSubmit={change}>
      <label>
        Deal, name, e-mail or phone{" "}
        <input type="search" name="search" defaultValue={filter.search} maxLength={100} autoComplete="off" />
      </label>
      <label>
        Manager{" "}
        <select name="manager" defaultValue={filter.manager}>
          <Options of={[["", "everybody"], ["nobody", "unassigned"], ...managers]} />
        </select>
      </label>
      <label>
        Sorted by{" "}
        <select name="sort" defaultValue={filter.sort}>
          <Options of={SORTS} />
        </select>
      </label>
      <button className="button">Show</button>
      <button className="button" name="filters" value="all">
        More filters
      </button>
    </form>
  );
}

const Many = ({ statuses, users, chosen, act }) => (
  <form id="many" className="many review" aria-label="Chosen deals" onSubmit={act}>
    <p id="chosen">
      <strong>{chosen === 0 ? "Chosen deals" : `Chosen: ${chosen}`}</strong>
    </p>
    <label>
      Move to{" "}
      <select name="statusId">
        <Options of={statuses.map(({ statusId, name }) => [statusId, name])} />
      </select>
    </label>
    <label>
      Reason, when lost{" "}
      <select name="reasonId">
        <Options of={[["", "none"]]} />
      </select>
    </label>
    <label>
      Clarification or comment <input type="text" name="clarification" maxLength={500} autoComplete="off" />
    </label>
    <button className="button" name="action" value="move-many">
      Move
    </button>
    <label>
      Transfer to{" "}
      <select name="managerId">
        <Options of={users.map(({ userId, name }) => [userId, name])} />
      </select>
    </label>
    <button className="button" name="action" value="transfer-many">
      Transfer
    </button>
    <button className="button" name="action" value="cancel-many">
      Open again
    </button>
  </form>
);

function Board({ data }) {
  const { board, me, plan, users } = data;
  const [filter, setFilter] = useState({ search: "", manager: "", sort: "created" });
  const [said, setSaid] = useState("");
  const { tenant } = me;
  const path = `/plans/${tenant.tenantId}/${plan.planId}`;
  const [chosen, setChosen] = useState(0);
  const choose = ({ target: { form } }) => {
    if (form?.id === "many") setChosen(new FormData(form).getAll("deal").length);
  };
  const act = (event) => {
    event.preventDefault();
    setSaid(`Changed: ${chosen}`);
  };
  return (
    <main id="content" tabIndex={-1}>
      <div className="part-head">
        <h1>
          <bdi>{plan.name}</bdi>
        </h1>
        <a className="button main" href={`${path}/new-deal`}>
          New deal
        </a>
      </div>
      <p className="lead">
        <bdi>{tenant.name}</bdi> · new leads: by hand · <a href={`${path}/list`}>as a list</a> ·{" "}
        <a href={`/refusals/${tenant.tenantId}`}>Why deals are lost</a> ·{" "}
        <a href={`/plans/${tenant.tenantId}`}>all plans</a> · <a href={`${path}/settings`}>Settings</a>
      </p>
      <Filters users={users} filter={filter} setFilter={setFilter} />
      <div id="board" onChange={choose}>
        <p className="soft" id="total">
          {board.total.count} deals, {sumsText(board.total.sums)}
        </p>
        <Columns data={data} />
        <Many statuses={plan.statuses} users={users} chosen={chosen} act={act} />
        <form id="grips" />
      </div>
      <div id="said" role="status">
        {said}
      </div>
    </main>
  );
}

const Foot = () => (
  <footer className="foot">
    <form className="theme" method="post" action="/session/language">
      <span>Language: English</span>
      {LANGUAGES.map(([language, name]) => (
        <button key={language} className="plain" name="language" value={language} lang={language}>
          {name}
        </button>
      ))}
    </form>
  </footer>
);

function Page() {
  const { data } = useBoard();
  return data === undefined ? null : (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <Bar tenant={data.me.tenant} />
      <Board data={data} />
      <Foot />
      <p id="flight" role="status" />
    </>
  );
}

draw(<Page />);

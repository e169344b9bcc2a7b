namespace Tame.Generator.Model;

/// <summary>A statement of a tamed body. Only statements that contain a wait are modeled; all others are <see cref="Flesh"/>.</summary>
internal abstract record Statement
{
    /// <summary>The comments before the statement.</summary>
    public EquatableArray<string> Comments { get; init; }
}

/// <summary>The user's own text, which contains no wait.</summary>
internal sealed record Flesh(Fragment Text) : Statement;

/// <summary>The place of a local function that has become a method. It emits nothing.</summary>
internal sealed record MovedStatement : Statement;

internal sealed record BlockStatement(EquatableArray<Statement> Statements) : Statement;

/// <summary>The entry of a scope whose variables lambdas capture.</summary>
internal sealed record ScopeStatement(int Scope) : Statement;

/// <summary>A user's label before a statement.</summary>
internal sealed record LabeledStatement(int Label, SourceSpan Place, Statement Inner) : Statement;

/// <summary>An <c>if</c>. The span of its condition, like that of each statement below, is the header that a debugger shows.</summary>
internal sealed record IfStatement(Condition Condition, Statement Then, Statement? Else) : Statement;

/// <summary>
/// A <c>switch</c> with waits in its sections: a header that only chooses, then the sections as labeled code. <see cref="Overflow"/> is <c>checked</c> or
/// <c>unchecked</c> if the header was written in such a block.
/// </summary>
internal sealed record SwitchStatement(Fragment Value, EquatableArray<SwitchSection> Sections, int? Break, string Overflow) : Statement
{
    public bool HasDefault { get; init; }
}

/// <summary>The labels of a section, as the user wrote them, and the generated label at the start of its code.</summary>
internal sealed record SwitchSection(EquatableArray<Fragment> Cases, int Label, Statement Body);

/// <summary>The labels that the user's <c>break</c> and <c>continue</c> in a loop need, or null.</summary>
internal readonly record struct LoopLabels(int? Break, int? Continue);

/// <summary>The common part of all loops: <see cref="Scope"/> is entered with each iteration.</summary>
internal sealed record LoopFrame(int? Scope, Statement Body, LoopLabels Labels);

internal sealed record WhileStatement(Condition Condition, LoopFrame Frame) : Statement;

internal sealed record DoStatement(Condition Condition, LoopFrame Frame) : Statement;

internal sealed record ForStatement(EquatableArray<Fragment> Initializers, Condition? Condition, EquatableArray<Statement> Incrementors, LoopFrame Frame) : Statement;

/// <summary>The conversion of an element to the type of its variable: the text before and after it.</summary>
internal readonly record struct ElementConversion(string Before, string After);

/// <summary>The target of each element, and its conversion.</summary>
internal sealed record IterationVariable(Fragment Text, ElementConversion Conversion);

/// <summary>A value that is evaluated once and kept in a local.</summary>
internal sealed record KeptValue(Fragment Value, int Local);

/// <summary>
/// Where a debugger stops in a <c>foreach</c> in addition to its collection and variable: at two keywords, and where an enumerator is disposed of.
/// </summary>
internal readonly record struct ForEachPlaces(SourceSpan ForEach, SourceSpan In, SourceSpan End);

/// <summary>
/// An array, a string, or an inline array. <see cref="Text"/> names it, and evaluates only the values that were kept for it before; <see cref="Index"/> is a
/// kept value. <see cref="ElementType"/> is given for an array of several dimensions, whose elements are counted, and <see cref="Length"/> for an inline array.
/// </summary>
internal sealed record IndexedItems(EquatableArray<KeptValue> Kept, Fragment Text, int Index, string? ElementType, int? Length);

/// <summary>A <c>foreach</c> that reads its elements by index.</summary>
internal sealed record ForEachIndexedStatement(ForEachPlaces Places, IndexedItems Items, IterationVariable Variable, LoopFrame Frame) : Statement;

/// <summary>The source of an enumerator. <see cref="Enumerator"/> is the kept value; <see cref="Disposal"/> ends it, if needed.</summary>
internal sealed record Enumeration(Fragment Collection, string Cast, int Enumerator, Disposal? Disposal);

/// <summary>A <c>foreach</c> over an enumerator.</summary>
internal sealed record ForEachStatement(ForEachPlaces Places, Enumeration Source, IterationVariable Variable, LoopFrame Frame) : Statement;

/// <summary>
/// The statement that disposes a resource, in whatever way its body is left. Blocks in the body, which begin at <see cref="Depth"/>, end first.
/// </summary>
internal sealed record Disposal(Fragment Text, bool HasBlocks, int Depth);

/// <summary>
/// A <c>try</c> with waits in its block or in catch clauses. The finally block is flesh, and Binding has inserted its unwinding. <see cref="Finally"/> is the
/// guarded text after the <c>finally</c> keyword.
/// </summary>
internal sealed record TryStatement(Statement Body, EquatableArray<CatchClause> Catches, Fragment? Finally) : Statement;

/// <summary>
/// A catch clause. One with waits only stores the exception and goes to <see cref="Label"/>, after the try, where <see cref="Body"/> is, because a resume could
/// not jump into the clause. Without waits both are null.
/// </summary>
internal sealed record CatchClause(Fragment Text, int? Label, Statement? Body);

/// <summary>A <c>try</c> with waits in its <c>finally</c>, which is after it: everything that leaves <see cref="Guarded"/> goes there first.</summary>
internal sealed record FinallyStatement(Statement Guarded, string Unwind, Statement Ending, SourceSpan End, FinallyFrame Frame) : Statement;

/// <summary>
/// The data for a <c>finally</c> after its try: its start label, and the locals that keep an exception and the number of a jump until it has run.
/// </summary>
internal sealed record FinallyFrame(int Label, int Thrown, int? Exit, EquatableArray<Exit> Exits);

/// <summary>A jump out of a try whose finally waits: its number, and the code for it when the finally has run.</summary>
internal sealed record Exit(int Number, Fragment Jump);

/// <summary>A <c>using</c> statement or declaration over the rest of its block: acquire, run, dispose.</summary>
internal sealed record UsingStatement(Fragment Acquire, Statement Body, Disposal Disposal) : Statement;

/// <summary>A place where the body may wait.</summary>
internal abstract record WaitStatement : Statement
{
    /// <summary>
    /// False if no path leads to the wait. It gets no resume label: with one, the compiler would see a path around the declarations before it.
    /// </summary>
    public bool IsReached { get; init; } = true;

    /// <summary>The statement on one line, shortened: the name of the wait in a profile.</summary>
    public string Text { get; init; } = "";
}

/// <summary><c>using (twait()) Body</c>. A debugger stops at <see cref="End"/>, if given, before the wait.</summary>
internal sealed record TwaitStatement(SourceSpan? Header, Statement Body, int Line, SourceSpan? End) : WaitStatement
{
    /// <summary>The label after the body, if a <c>return</c> goes there.</summary>
    public int? Return { get; init; }
}

/// <summary>
/// The body of <c>twait(e => Started)</c>: <see cref="Event"/> declares e. Both are in separate braces, which are <c>checked</c> or <c>unchecked</c> if
/// <see cref="Overflow"/> says so.
/// </summary>
internal sealed record StartStatement(Fragment Event, Fragment Started, string Overflow) : Statement;

/// <summary><c>twait(task)</c>: <see cref="Done"/> is true if the task has run to completion. Otherwise it opens a block that waits for it.</summary>
internal sealed record TaskStatement(Fragment Done, int Line) : WaitStatement;

/// <summary><c>twait(r…)</c>: steps that evaluate the rendezvous and locate the targets in the order written, then the wait, then the writes.</summary>
internal sealed record JoinStatement(EquatableArray<JoinStep> Steps, JoinTarget? Id, JoinTarget? Error, int Line, SourceSpan Span) : WaitStatement
{
    /// <summary>Whether only the body can create events in the rendezvous.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>A step before the wait: the rendezvous itself (<see cref="Target"/> is null) or the location of a target that is kept.</summary>
internal sealed record JoinStep(Fragment Value, int? Target);

/// <summary>The destination of an id or error: a variable that can be named after the wait, or a kept location that is written through.</summary>
internal sealed record JoinTarget(Fragment? Variable, int? Location, string Type);

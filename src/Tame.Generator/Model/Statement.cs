namespace Tame.Generator.Model;

/// <summary>A statement of a tamed body. Only statements that contain a wait are modelled; all others are <see cref="Flesh"/>.</summary>
internal abstract record Statement
{
    /// <summary>The comments that stand before the statement.</summary>
    public EquatableArray<string> Comments { get; init; }
}

/// <summary>The user's own text, which contains no wait.</summary>
internal sealed record Flesh(Fragment Text) : Statement;

/// <summary>The place of a local function that has become a method: nothing.</summary>
internal sealed record MovedStatement : Statement;

internal sealed record BlockStatement(EquatableArray<Statement> Statements) : Statement;

/// <summary>A scope is entered whose variables lambdas capture.</summary>
internal sealed record ScopeStatement(int Scope) : Statement;

/// <summary>A user's label before a statement.</summary>
internal sealed record LabeledStatement(int Label, SourceSpan Place, Statement Inner) : Statement;

/// <summary>The condition's span, as in all that follow, is the header that a debugger shows.</summary>
internal sealed record IfStatement(Condition Condition, Statement Then, Statement? Else) : Statement;

/// <summary>
/// A <c>switch</c> with waits in its sections: a header that only chooses, then the sections as labelled code. <see cref="Overflow"/> is
/// <c>checked</c> or <c>unchecked</c> where the header was written in such a block.
/// </summary>
internal sealed record SwitchStatement(Fragment Value, EquatableArray<SwitchSection> Sections, int? Break, string Overflow) : Statement
{
    public bool HasDefault { get; init; }
}

/// <summary>The labels of a section, as the user wrote them, and the label of ours that its code begins with.</summary>
internal sealed record SwitchSection(EquatableArray<Fragment> Cases, int Label, Statement Body);

/// <summary>The labels that the user's own <c>break</c> and <c>continue</c> in a loop need, or null.</summary>
internal readonly record struct LoopLabels(int? Break, int? Continue);

/// <summary>What each kind of loop has: <see cref="Scope"/> is entered with each iteration.</summary>
internal sealed record LoopFrame(int? Scope, Statement Body, LoopLabels Labels);

internal sealed record WhileStatement(Condition Condition, LoopFrame Frame) : Statement;

internal sealed record DoStatement(Condition Condition, LoopFrame Frame) : Statement;

internal sealed record ForStatement(EquatableArray<Fragment> Initializers, Condition? Condition, EquatableArray<Statement> Incrementors, LoopFrame Frame) : Statement;

/// <summary>The conversion of an element to the type of its variable: what is written before and after it.</summary>
internal readonly record struct ElementConversion(string Before, string After);

/// <summary>What each element is assigned to, and its conversion.</summary>
internal sealed record IterationVariable(Fragment Text, ElementConversion Conversion);

/// <summary>A value that is evaluated once and kept in a local.</summary>
internal sealed record KeptValue(Fragment Value, int Local);

/// <summary>Where a debugger stops in a <c>foreach</c> apart from its collection and variable: at two words, and where an enumerator is disposed of.</summary>
internal readonly record struct ForEachPlaces(SourceSpan ForEach, SourceSpan In, SourceSpan End);

/// <summary>
/// An array, a string or an inline array. <see cref="Text"/> names it, and evaluates nothing but the values that are kept for it first; <see cref="Index"/> is a
/// kept value. <see cref="ElementType"/> is given for an array of several dimensions, whose elements are counted through, and <see cref="Length"/> for an inline array.
/// </summary>
internal sealed record IndexedItems(EquatableArray<KeptValue> Kept, Fragment Text, int Index, string? ElementType, int? Length);

/// <summary>A <c>foreach</c> that reads its elements by index.</summary>
internal sealed record ForEachIndexedStatement(ForEachPlaces Places, IndexedItems Items, IterationVariable Variable, LoopFrame Frame) : Statement;

/// <summary>What an enumerator comes from: <see cref="Enumerator"/> is the kept value; <see cref="Disposal"/> ends it, if that is needed.</summary>
internal sealed record Enumeration(Fragment Collection, string Cast, int Enumerator, Disposal? Disposal);

/// <summary>A <c>foreach</c> over an enumerator.</summary>
internal sealed record ForEachStatement(ForEachPlaces Places, Enumeration Source, IterationVariable Variable, LoopFrame Frame) : Statement;

/// <summary>The statement that disposes a resource, however its body is left; blocks in the body, which begin at <see cref="Depth"/>, end first.</summary>
internal sealed record Disposal(Fragment Text, bool HasBlocks, int Depth);

/// <summary>
/// A <c>try</c> with waits in its block or in catch clauses. The finally block is flesh, its unwinding written in by Binding;
/// <see cref="Finally"/> is what stands after the <c>finally</c> keyword, guarded.
/// </summary>
internal sealed record TryStatement(Statement Body, EquatableArray<CatchClause> Catches, Fragment? Finally) : Statement;

/// <summary>
/// A catch clause. One with waits only notes what it caught and goes to <see cref="Label"/>, behind the try, where <see cref="Body"/> stands: a resume
/// could not jump into it. Without waits both are null.
/// </summary>
internal sealed record CatchClause(Fragment Text, int? Label, Statement? Body);

/// <summary>
/// A <c>try</c> with waits in its <c>finally</c>, which stands behind it: whatever leaves <see cref="Guarded"/> goes there first.
/// </summary>
internal sealed record FinallyStatement(Statement Guarded, string Unwind, Statement Ending, SourceSpan End, FinallyFrame Frame) : Statement;

/// <summary>
/// What a <c>finally</c> behind its try needs: the label where it begins, the local that keeps an exception and the one that keeps the number of a jump, until
/// it is done.
/// </summary>
internal sealed record FinallyFrame(int Label, int Thrown, int? Exit, EquatableArray<Exit> Exits);

/// <summary>A jump out of a try whose finally waits: its number, and what is done when the finally has run.</summary>
internal sealed record Exit(int Number, Fragment Jump);

/// <summary>A <c>using</c> statement or declaration over the rest of its block: acquire, run, dispose.</summary>
internal sealed record UsingStatement(Fragment Acquire, Statement Body, Disposal Disposal) : Statement;

/// <summary>A place where the body may wait.</summary>
internal abstract record WaitStatement : Statement
{
    /// <summary>False where no path leads to the wait. It gets no label to resume at: with one the compiler would see a path around the declarations before it.</summary>
    public bool IsReached { get; init; } = true;

    /// <summary>The statement on one line, shortened: what a profile calls the wait.</summary>
    public string Text { get; init; } = "";
}

/// <summary><c>using (twait()) Body</c>. A debugger stops at <see cref="End"/>, if that is given, before the wait.</summary>
internal sealed record TwaitStatement(SourceSpan? Header, Statement Body, int Line, SourceSpan? End) : WaitStatement
{
    /// <summary>Whether it was written as <c>twait(e => …)</c>.</summary>
    public bool IsOneEvent { get; init; }

    /// <summary>The label behind the body, where a <c>return</c> goes there.</summary>
    public int? Return { get; init; }
}

/// <summary>
/// The body of <c>twait(e => Started)</c>: <see cref="Event"/> declares e. Both stand in braces of their own, which are <c>checked</c> or
/// <c>unchecked</c> where <see cref="Overflow"/> says so.
/// </summary>
internal sealed record StartStatement(Fragment Event, Fragment Started, string Overflow) : Statement;

/// <summary><c>twait(task)</c>: <see cref="Done"/> is true where the task has run to completion, and otherwise opens a block that waits for it.</summary>
internal sealed record TaskStatement(Fragment Done, int Line) : WaitStatement;

/// <summary><c>twait(r…)</c>: steps that evaluate the rendezvous and locate the targets in the order written, then the wait, then the writes.</summary>
internal sealed record JoinStatement(EquatableArray<JoinStep> Steps, JoinTarget? Id, JoinTarget? Error, int Line, SourceSpan Span) : WaitStatement
{
    /// <summary>Whether only the body can make events on the rendezvous.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>What runs before the wait: the rendezvous itself (<see cref="Target"/> null) or the location of a target that is kept.</summary>
internal sealed record JoinStep(Fragment Value, int? Target);

/// <summary>Where an id or error goes: a variable that can be named after the wait, or a kept location written through.</summary>
internal sealed record JoinTarget(Fragment? Variable, int? Location, string Type);

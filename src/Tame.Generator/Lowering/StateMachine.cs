using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>A tamed method as flat code: what its closure keeps, what its resuming method declares, and the operations in order.</summary>
internal sealed record StateMachine
{
    /// <summary>The method without its body, whose statements are now in <see cref="Operations"/>.</summary>
    public required TamedMethod Method { get; init; }

    /// <summary>The closure's fields: parameters first.</summary>
    public required EquatableArray<Field> Fields { get; init; }

    /// <summary>The classes of the scopes whose variables lambdas capture.</summary>
    public required EquatableArray<ScopeClass> Scopes { get; init; }

    public required EquatableArray<Function> Functions { get; init; }

    /// <summary>Locals that live across no wait, declared at the top of the resuming method.</summary>
    public required EquatableArray<string> TopLocals { get; init; }

    /// <summary>How each parameter of the declaration is copied to its field, and an <c>out</c> parameter back to the caller.</summary>
    public required EquatableArray<Argument> Arguments { get; init; }

    /// <summary>Null if the compiler finds errors in the body.</summary>
    public required EquatableArray<Operation>? Operations { get; init; }

    /// <summary>The waits in the order of their states.</summary>
    public required EquatableArray<Wait> Waits { get; init; }

    /// <summary>The code that the entry runs before there is a closure. Null if the entry creates one at once.</summary>
    public Prologue? Prologue { get; init; }

    /// <summary>Whether any call can need a closure because it waits.</summary>
    public bool HasClosure => Prologue is null || Prologue.States.Count > 0;

    /// <summary>Whether the entry checks the stack first, because calls of the method may nest without end.</summary>
    public bool HasCheckpoint { get; init; }
}

/// <summary>
/// The first part of a body: its declarations, the locals that its departures pass to the closure, which of them only temporarily (<see cref="Transient"/>, by
/// index), the operations, and for each departure the state in which the closure begins.
/// </summary>
internal sealed record Prologue(
    EquatableArray<string> Locals, EquatableArray<FieldCopy> Copies, EquatableArray<int> Transient, EquatableArray<Operation> Operations, EquatableArray<int> States);

/// <summary>A wait as a profile shows it. The point where a call arrives from the entry is also a state, but not a wait.</summary>
internal sealed record Wait(int State, int Line, string Text);

/// <summary>A local of the entry and the field that receives it.</summary>
internal sealed record FieldCopy(string Local, string Field);

/// <summary>A field of the closure.</summary>
internal sealed record Field(string Name, string Type, FieldKind Kind, bool HoldsReferences)
{
    /// <summary>Whether it is an event that may be null.</summary>
    public bool IsNullableEvent { get; init; }
}

internal enum FieldKind
{
    Parameter,

    /// <summary>An event parameter as passed in, to which failures go.</summary>
    Event,
    Local,

    /// <summary>Set by the entry; the closure reads and clears it as soon as it continues.</summary>
    Transient,
}

/// <summary>
/// The class of a scope: <see cref="Field"/> is the closure's field for its object (null if the text holds it), <see cref="Self"/> its field for <c>this</c>,
/// and <see cref="Entry"/> creates the object at the call, for parameters in it.
/// </summary>
internal sealed record ScopeClass(string Name, string? Field, string? Self, string? Entry, EquatableArray<Field> Fields);

/// <summary>
/// A local function as two methods: <see cref="Name"/> of the class of a scope, which calls <see cref="MethodName"/> of the user's type with
/// <see cref="ScopeArguments"/>. The latter contains its text.
/// </summary>
internal sealed record Function
{
    public required LocalFunction Source { get; init; }

    public required int Scope { get; init; }

    public required string Name { get; init; }

    public required string MethodName { get; init; }

    public required string ScopeParameters { get; init; }

    public required string ScopeArguments { get; init; }

    public required CodeOperation Body { get; init; }
}

/// <summary>A parameter and the fields that receive it (two where the body reassigns an event).</summary>
internal sealed record Argument(string Parameter, EquatableArray<string> Fields, bool IsOut);

/// <summary>One line or region of the resuming method.</summary>
internal abstract record Operation;

/// <summary>Generated code, which a debugger does not show, or the user's code if <see cref="Span"/> is given.</summary>
internal sealed record CodeOperation(string Text, SourceSpan? Span = null) : Operation
{
    /// <summary>Whether a debugger shows the whole of it as <see cref="Span"/>.</summary>
    public bool IsPoint { get; init; }

    /// <summary>The places that a debugger shows for its parts.</summary>
    public EquatableArray<Mark> Marks { get; init; }

    /// <summary>A jump that depends on the text, which is a condition.</summary>
    public string Jump { get; init; } = "";
}

/// <summary>An unconditional jump: code after it is reached only by a label.</summary>
internal sealed record JumpOperation(string Label) : Operation;

/// <summary>
/// A stretch of the text of an operation, and the place in the user's file that a debugger shows for it, or null. <see cref="IsMade"/> means that the stretch
/// is not the place's own text.
/// </summary>
internal readonly record struct Mark(int Start, int End, SourceSpan? Place, bool IsMade);

/// <summary>A brace on a separate line, and the text around it. <see cref="Steps"/> is 1 for one that opens, -1 for one that closes.</summary>
internal sealed record BraceOperation(string Text, int Steps) : Operation;

/// <summary>A comment for the reader.</summary>
internal sealed record CommentOperation(string Text) : Operation;

internal sealed record LabelOperation(string Name, string Comment = "", SourceSpan? Span = null) : Operation;

/// <summary>Continues where the closure blocked: from the states of each wait or region to a label at this level.</summary>
internal sealed record DispatchOperation(EquatableArray<Resumption> Resumptions) : Operation;

/// <summary>
/// States of a dispatch. <see cref="IsFinal"/> means that the label is a single wait's own, not the door of a region that contains the waits.
/// </summary>
internal sealed record Resumption(int First, int Last, string Label, bool IsFinal);

/// <summary>A protected region. Each clause is text that is complete except for its indentation.</summary>
internal sealed record TryOperation(EquatableArray<Operation> Body, EquatableArray<CodeOperation> Catches, EquatableArray<Operation>? Finally) : Operation;

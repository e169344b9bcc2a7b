namespace Tame.Generator.Model;

/// <summary>A tamed method as Binding passes it on: all that the later steps need, as text and numbers, equal for equal code.</summary>
internal sealed record TamedMethod
{
    public required string HintName { get; init; }

    /// <summary>The file's context, outermost first: the compilation unit, then each namespace declaration around the body.</summary>
    public required EquatableArray<FileLevel> Context { get; init; }

    /// <summary>The headers of the enclosing types, outermost first: <c>partial class Outer&lt;T&gt;</c>.</summary>
    public required EquatableArray<string> Types { get; init; }

    public bool IsInInterface => Types[Types.Count - 1].Contains("partial interface ");

    /// <summary>The implementing part's header, including constraints.</summary>
    public required string Signature { get; init; }

    public required string Name { get; init; }

    /// <summary>The name as written in code, which may be a keyword with an at sign.</summary>
    public string WrittenName { get; init; } = "";

    /// <summary>Whether a call by name may run another method in its place.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>An expression that mentions the body, or null.</summary>
    public required string? NameofBody { get; init; }

    public required GeneratedNames Generated { get; init; }

    /// <summary>The method's name for messages, with its namespace and types.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The body's file as <c>#line</c> and messages name it.</summary>
    public required string FilePath { get; init; }

    /// <summary>The line of the body's name in that file.</summary>
    public required int Line { get; init; }

    /// <summary>The names of the method's own type parameters.</summary>
    public required EquatableArray<string> TypeParameters { get; init; }

    /// <summary>The type parameters in angle brackets, or nothing.</summary>
    public string TypeParameterList => TypeParameters.InAngleBrackets();

    public required string Constraints { get; init; }

    /// <summary>The type that <c>this</c> has, or null for a static method.</summary>
    public required string? SelfType { get; init; }

    public required bool IsUnsafe { get; init; }

    /// <summary>Attributes that Resume itself needs because tools read them from compiled code.</summary>
    public required EquatableArray<string> ResumeAttributes { get; init; }

    /// <summary>Attributes that every generated member needs, because without them it may not name what the body names.</summary>
    public required EquatableArray<string> MemberAttributes { get; init; }

    /// <summary>The declaration's parameters, which the entry copies.</summary>
    public required EquatableArray<Parameter> Parameters { get; init; }

    /// <summary>Parameters first, in order, then the body's locals in source order.</summary>
    public required EquatableArray<Local> Locals { get; init; }

    public required EquatableArray<Label> Labels { get; init; }

    public required EquatableArray<SlotShape> Shapes { get; init; }

    /// <summary>The scopes whose variables lambdas capture.</summary>
    public required EquatableArray<ScopeObject> Scopes { get; init; }

    /// <summary>The local functions that have become methods of scope objects.</summary>
    public required EquatableArray<LocalFunction> Functions { get; init; }

    /// <summary>An expression of each anonymous type that the method keeps, which evaluates nothing.</summary>
    public required EquatableArray<string> Examples { get; init; }

    /// <summary>The types with anonymous ones in them that the method keeps.</summary>
    public required EquatableArray<TypeTemplate> TypeTemplates { get; init; }

    /// <summary>The identifiers of the body that do not refer to one of <see cref="Locals"/>.</summary>
    public required EquatableArray<string> OtherNames { get; init; }

    /// <summary>The body's closing brace. Null if the body is an expression.</summary>
    public required SourceSpan? End { get; init; }

    /// <summary>The body, or null if the compiler finds errors in it: then the implementation throws.</summary>
    public required Statement? Body { get; init; }

    /// <summary>Its part of the graph of calls. Null if there is no body.</summary>
    public TamedCalls? Calls { get; init; }

    /// <summary>The number of lines that the body has moved down since it was bound. All lines in the model are from that time.</summary>
    public int Moved { get; init; }
}

/// <summary>A parameter of the declaration.</summary>
internal sealed record Parameter(string Name, bool IsOut);

/// <summary>The usings of one level of the body's file; <see cref="Namespace"/> is null for the compilation unit.</summary>
internal sealed record FileLevel(string? Namespace, bool IsFileScoped, EquatableArray<string> Usings);

/// <summary>How a local of the body is stored in the generated code.</summary>
internal enum LocalKind
{
    /// <summary>A parameter: a field of the closure.</summary>
    Parameter,

    /// <summary>An <c>out</c> parameter: a field, copied to the caller when the body first waits or ends.</summary>
    OutParameter,

    /// <summary>Lives across a wait, is a slot or is used by a local function: a field of the closure.</summary>
    Kept,

    /// <summary>Captured by a lambda or similar: a field of a scope object. A local function of this kind is a method of it.</summary>
    Captured,

    /// <summary>Lives across no wait: a local of the resuming method, declared at its top.</summary>
    Plain,

    /// <summary>Stays where it is declared (constants, ref locals, most local functions). At most its name changes.</summary>
    InPlace,
}

/// <summary>A parameter or local of the body, or a value that the lowering of a statement must keep.</summary>
internal sealed record Local(string Name, string Type, LocalKind Kind)
{
    /// <summary>Whether it is a reference or a ref struct, which no field can hold.</summary>
    public bool IsOnStack { get; init; }

    /// <summary>Whether it may refer to the stack: then the declaration at the top is <c>scoped</c>.</summary>
    public bool IsScoped { get; init; }

    /// <summary><c>ref</c> or <c>ref readonly</c> followed by a space if it is a reference, otherwise empty.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Whether keeping the local keeps something alive, so that it must be cleared.</summary>
    public bool HoldsReferences { get; init; } = true;

    /// <summary>Whether this is a parameter of an Event type, to which failures go.</summary>
    public bool IsEvent { get; init; }

    /// <summary>Whether such a parameter may be null.</summary>
    public bool IsNullableEvent { get; init; }

    /// <summary>The meaning of a value without a name in the user's text. Null for a user's variable.</summary>
    public HiddenValue? Hidden { get; init; }

    /// <summary>Whether the body assigns this parameter, so that the original is also kept.</summary>
    public bool IsReassigned { get; init; }

    /// <summary>Whether its own name refers to it somewhere, so that no other variable of generated code may have that name.</summary>
    public bool IsNamed { get; init; }

    /// <summary>How a value whose type cannot be written is read; its field has the type object.</summary>
    public Example? Example { get; init; }

    /// <summary>The scope whose object contains a captured local.</summary>
    public int Scope { get; init; } = -1;
}

/// <summary>A user's label (<see cref="IsUser"/>), or one that a user's break or continue needs.</summary>
internal sealed record Label(string Name, bool IsUser);

/// <summary>One way to locate a slot: a static method that takes the pieces of the expression by value and finds the location in them.</summary>
internal sealed record SlotShape(string ValueType, EquatableArray<string> PieceTypes, string Location);

/// <summary>How a kept value of a type that cannot be written is read: the template of that type, and the examples from which its type parameters are inferred.</summary>
internal sealed record Example(int TypeTemplate, EquatableArray<int> Arguments);

/// <summary>
/// A type in which type parameters replace the unnamed types, and their number. <see cref="IsDefault"/> means that only an expression of that type is needed,
/// as part of an example.
/// </summary>
internal sealed record TypeTemplate(string Type, int Arity, bool IsValueType, bool IsDefault = false);

using Microsoft.CodeAnalysis;
using Tame.Generator.Model;

namespace Tame.Generator;

/// <summary>All diagnostics. Each has a line on what it protects the user from.</summary>
internal static class Rules
{
    // ---- shape: the pair of declaration and body ----

    /// <summary>Without a body there is nothing to run.</summary>
    public static readonly DiagnosticDescriptor NoBody = Error("TAME001", "Tamed method without a body",
        "'{0}' is tamed but '{1}' has no method '{2}' with the same parameters; write its body as '{3}'");

    /// <summary>A body without a declaration never runs.</summary>
    public static readonly DiagnosticDescriptor NoDeclaration = Error("TAME002", "Body without its declaration",
        "'{0}' waits like a tamed body, but no tamed method declares it as its body; declare '[Tamed] … partial void {1}' with the same parameters");

    /// <summary>The body's text is moved under the declaration's signature, so they must agree.</summary>
    public static readonly DiagnosticDescriptor SignaturesDiffer = Error("TAME003", "Declaration and body disagree",
        "'{0}' is the body of '{1}', but {2}; make them the same");

    /// <summary>The call returns at its first wait, so there is no value to return.</summary>
    public static readonly DiagnosticDescriptor NotVoid = Error("TAME004", "Tamed method that returns a value",
        "Tamed method '{0}' must return void, because it returns to its caller at its first wait; pass the result through a parameter of type '{1}'");

    /// <summary>Without a modifier the compiler would remove the calls if the generator does not run.</summary>
    public static readonly DiagnosticDescriptor NoAccessibility = Error("TAME005", "Tamed method without an accessibility modifier",
        "Tamed method '{0}' needs an accessibility modifier; write 'private' if only this type uses it");

    /// <summary>The closure outlives the caller's frame.</summary>
    public static readonly DiagnosticDescriptor ParameterCannotBeKept = Error("TAME006", "Parameter that cannot be kept",
        "Parameter '{0}' of tamed method '{1}' is {2}, which cannot be kept while the method waits; pass {3}");

    /// <summary>A closure would resume on a copy of the struct.</summary>
    public static readonly DiagnosticDescriptor StructInstance = Error("TAME007", "Tamed instance method of a struct",
        "'{0}' is an instance method of struct '{1}', which would continue on a copy of the struct after a wait; make the method static and pass what it needs, or make the type a class");

    /// <summary>C# has no partial explicit implementations.</summary>
    public static readonly DiagnosticDescriptor ExplicitImplementation = Error("TAME008", "Tamed explicit interface implementation",
        "'{0}' implements an interface member explicitly, which a partial method cannot; implement it with a method that calls a tamed one");

    /// <summary>Generated code is in another file.</summary>
    public static readonly DiagnosticDescriptor FileLocal = Error("TAME009", "File-local name in tamed code",
        "'{0}' is file-local, and the code generated for tamed method '{1}' is in another file; make it internal or private");

    /// <summary>Two state machines cannot share one body.</summary>
    public static readonly DiagnosticDescriptor AsyncOrIterator = Error("TAME010", "Async or iterator body",
        "'{0}' is {1}, which the body of a tamed method cannot be; write a void method without 'await' and 'yield', and wait with 'twait(task, out …)'");

    /// <summary>The body is a template: run directly, it would throw at its first wait.</summary>
    public static readonly DiagnosticDescriptor BodyCalled = Error("TAME011", "Body called directly",
        "'{0}' is the body of tamed method '{1}'; call '{1}' instead");

    /// <summary>The generator supplies the implementation, so the declaration must allow one.</summary>
    public static readonly DiagnosticDescriptor NotPartial = Error("TAME012", "Tamed method that is not a partial declaration",
        "Tamed method '{0}' must be a partial method without an implementation; declare it as '… partial void {0}(…);' and move its statements to '{1}'");

    /// <summary>The caller reads it as soon as the call returns.</summary>
    public static readonly DiagnosticDescriptor OutParameter = Error("TAME013", "Wrong use of an out parameter",
        "The out parameter '{0}' {1}: it is copied to the caller when the body first waits or ends");

    /// <summary>A kept local becomes a field, whose type must be written.</summary>
    public static readonly DiagnosticDescriptor TypeCannotBeWritten = Error("TAME014", "Local whose type has no name",
        "'{0}' has a type without a name, which generated code cannot declare; give it a type that has one, such as a tuple, a record or a delegate");

    /// <summary>The closure is a class, which C# does not allow there.</summary>
    public static readonly DiagnosticDescriptor VariantInterface = Error("TAME015", "Tamed method in a variant interface",
        "'{0}' cannot be tamed in '{1}', an interface with 'in' or 'out' type parameters, where C# does not allow class declarations; move it to an interface without them, or to the class that implements it");

    /// <summary>The closure keeps values of types that the hidden name belongs to, and could not write them.</summary>
    public static readonly DiagnosticDescriptor HiddenTypeParameter = Error("TAME016", "Type parameter that hides another in tamed code",
        "Type parameter '{0}' around tamed method '{1}' hides that of '{2}', so generated code could not name types that use the hidden one; rename '{0}'");

    /// <summary>Without a separate body it would do nothing.</summary>
    public static readonly DiagnosticDescriptor NotAMethod = Error("TAME017", "Tamed function that is not a method",
        "Only a method of a type can be tamed, and this is {0}; declare '[Tamed] … partial void' in the type{1}");

    /// <summary>The compiler's stack would overflow, which ends the build without a message.</summary>
    public static readonly DiagnosticDescriptor NestedTooDeeply = Error("TAME018", "Body that is nested too deeply",
        "The body of tamed method '{0}' is nested too deeply here; move the inner statements into a method, or keep parts of a long expression in locals");

    // ---- waits: where they are allowed ----

    /// <summary>The primitives mean something only to the generator.</summary>
    public static readonly DiagnosticDescriptor OutsideTamed = Error("TAME020", "Wait outside a tamed body",
        "'{0}' works only in the body of a [Tamed] method; move this code into one, or make the event there and pass it in");

    /// <summary>A lambda runs on its own stack frame, which cannot be left and resumed.</summary>
    public static readonly DiagnosticDescriptor InNestedFunction = Error("TAME021", "Wait in a nested function",
        "'{0}' is not allowed in a {1}; make the event outside it and use it inside, or write another tamed method");

    /// <summary>A delegate to a primitive would always throw.</summary>
    public static readonly DiagnosticDescriptor MethodGroup = Error("TAME022", "Primitive used as a method group",
        "'{0}' can only be called, not used as a delegate");

    /// <summary>The block is the using statement, nothing else.</summary>
    public static readonly DiagnosticDescriptor NotAUsingStatement = Error("TAME023", "twait() that is not a using statement",
        "'twait()' must be written as 'using (twait()) …', which waits at the end of its statement or block");

    /// <summary>An event without a rendezvous belongs to the enclosing block.</summary>
    public static readonly DiagnosticDescriptor OutsideBlock = Error("TAME024", "mkevent() outside a twait block",
        "This 'mkevent' belongs to no 'using (twait())' block; put it in one, or give it a rendezvous");

    /// <summary>The event's type is inferred from the slot's type.</summary>
    public static readonly DiagnosticDescriptor UntypedSlot = Error("TAME025", "Slot without a type",
        "The type of slot '{0}' cannot be inferred from the event; write it: '{1}'");

    /// <summary>Leaving the block would leave its events behind.</summary>
    public static readonly DiagnosticDescriptor JumpOutOfBlock = Error("TAME026", "Jump out of a twait block",
        "'{0}' would leave the twait block before its events have triggered; set a flag and leave after the block, or use a rendezvous");

    /// <summary>A lock or a pinned pointer cannot be held while other code runs, and a for header has no place to continue from.</summary>
    public static readonly DiagnosticDescriptor WaitCannotStandHere = Error("TAME027", "Wait where it is not allowed",
        "A wait is not allowed in {0}; {1}");

    /// <summary>A lambda has one event, and no place for a second wait.</summary>
    public static readonly DiagnosticDescriptor InStartLambda = Error("TAME028", "Wait in the lambda of a twait",
        "'{0}' is not allowed in the lambda of a twait, whose only event is its parameter; write the statement as a block, 'using (twait()) …', where it is allowed");

    /// <summary>A block that waits for nothing usually lacks an mkevent.</summary>
    public static readonly DiagnosticDescriptor EmptyBlock = Warning("TAME029", "Twait block that makes no event",
        "This twait block makes no event, so it waits for nothing; make one with mkevent, or remove the block");

    /// <summary>The text of the lambda becomes a part of the body; a delegate has no text.</summary>
    public static readonly DiagnosticDescriptor NoStartLambda = Error("TAME030", "twait without a lambda in place",
        "This twait needs a lambda with one parameter, written in place, 'twait(e => …)'; {0}");

    // ---- hints: compiler errors that Tame's forms lead to ----

    /// <summary>An <c>await</c> is an expression, and a wait is not (CS0029, CS0815, CS1503).</summary>
    public static readonly DiagnosticDescriptor WaitHasNoValue = Warning("TAME035", "Wait used as a value",
        "A wait is a statement and has no value; write {0}");

    /// <summary>The compiler does not know that the lambda runs in place (CS1628, CS8175, CS0165).</summary>
    public static readonly DiagnosticDescriptor StartLambdaIsAFunction = Warning("TAME036", "Variable that the lambda of a twait cannot use",
        "The compiler {0} in the lambda of a twait, as in any other lambda; write the statement as a block, 'using (twait()) …', where this is allowed");

    /// <summary>The declarations of a block end with it, which the compiler's "does not exist" does not explain (CS0103).</summary>
    public static readonly DiagnosticDescriptor UsedBehindBlock = Warning("TAME037", "Variable of a twait block used after it",
        "'{0}' is declared in the twait block of line {1} and ends with it; declare it before the block, '{2}'{3}");

    /// <summary>C# finds the nearest symbol with a name, even if it cannot be called (CS0149).</summary>
    public static readonly DiagnosticDescriptor HiddenPrimitive = Warning("TAME038", "Name that hides a primitive",
        "'{0}' is {1} here, which hides the primitive; rename it, or write 'Primitives.{0}'");

    /// <summary>A library or the project has a type of that name (CS0104).</summary>
    public static readonly DiagnosticDescriptor NameOfAnotherType = Warning("TAME039", "Ambiguous Tame type name",
        "'{0}' {1}; {2}");

    // ---- unsafe locals ----

    /// <summary>Its target may no longer exist when the closure resumes.</summary>
    public static readonly DiagnosticDescriptor CannotLiveAcrossWait = Error("TAME040", "Local that cannot live across a wait",
        "'{0}' is {1} and its value is needed after the wait in line {2}; end its use before the wait, or copy what it refers to");

    /// <summary>A lambda that outlives an iteration needs separate variables, which some places cannot declare.</summary>
    public static readonly DiagnosticDescriptor CannotBeCaptured = Error("TAME042", "Local that cannot be captured here",
        "'{0}' is {1}, which generated code cannot capture for a lambda; declare what the lambda needs in a separate block before it");

    /// <summary>A kept local is in an object, which moves.</summary>
    public static readonly DiagnosticDescriptor AddressOfKept = Error("TAME043", "Address of a kept local",
        "The address of '{0}' cannot be taken, because the local is kept in an object while the method waits; copy it to a local that is used only before the next wait");

    /// <summary>An event may trigger long after the frame has ended, so its slot must be on the heap.</summary>
    public static readonly DiagnosticDescriptor SlotIsNoHeapLocation = Error("TAME041", "Slot that is not on the heap",
        "'{0}' cannot be a slot: {1}; use a local, a parameter, a static field, an array element or a field of an object");

    /// <summary>No code can read the value of such a slot.</summary>
    public static readonly DiagnosticDescriptor SlotOutOfScope = Warning("TAME050", "Slot that is out of scope before it can be filled",
        "'{0}' is out of scope before {1} can show that it is filled; declare it outside, or write 'out _' with its type if you do not need the value");

    /// <summary>The event that triggers last would win, whichever that is.</summary>
    public static readonly DiagnosticDescriptor SlotTakenTwice = Warning("TAME051", "Slot of two outstanding events",
        "'{0}' is also the slot of the event made in line {1}, which is still outstanding; the event that triggers later overwrites the other's value: give each event its own slot");

    /// <summary>It is not written yet, or may be written at any moment.</summary>
    public static readonly DiagnosticDescriptor SlotReadTooEarly = Warning("TAME052", "Slot read before it is filled",
        "'{0}' is read here while the event made in line {1}, which fills it, is outstanding; {2}");

    /// <summary>Writing a property is a call, and an event makes none (CS0206).</summary>
    public static readonly DiagnosticDescriptor PropertyAsSlot = Warning("TAME055", "Property or list element as a slot",
        "'{0}' is {1}, which is not a memory location that can be written later; use a local, and assign its value after the wait");

    /// <summary>The compiler reports events, but the user thinks of slots (CS1503).</summary>
    public static readonly DiagnosticDescriptor SlotsDoNotFit = Warning("TAME056", "Slots that do not fit the event",
        "An event with {0} is expected here, but {1} has {2}; {3}");

    // ---- events ----

    /// <summary>The caller would wait forever, or until the loss is detected.</summary>
    public static readonly DiagnosticDescriptor MayNeverTrigger = Warning("TAME060", "Event that may never trigger",
        "'{0}' may never trigger: {1}; trigger it, fail it or throw there");

    /// <summary>An event completes once. Later completions are ignored without a message.</summary>
    public static readonly DiagnosticDescriptor CompletedTwice = Warning("TAME061", "Event that is completed twice",
        "'{0}' is already complete when this runs (line {1} completes it), so this does nothing; remove it, or return after line {1}");

    /// <summary>Usually a <c>return</c> is missing. The other order may be intended.</summary>
    public static readonly DiagnosticDescriptor MayBeCompletedTwice = Rule("TAME065", "Event that may be completed twice",
        "'{0}' may already be complete when this runs: on some path line {1} completes it, and then this does nothing; return after line {1}, or use the result if that is intended",
        DiagnosticSeverity.Info);

    /// <summary>Only code that receives an event can trigger it.</summary>
    public static readonly DiagnosticDescriptor GivenToNobody = Warning("TAME062", "Event that is never passed on",
        "The event {0}, so nothing can trigger it; pass it to the operation that should trigger it");

    /// <summary>Events that are never joined keep their slots alive and end silently.</summary>
    public static readonly DiagnosticDescriptor RendezvousAbandoned = Warning("TAME063", "Rendezvous left with events outstanding",
        "{2} with {1} of '{0}' neither joined nor cancelled; join what is left, call '{0}.Cancel()', or declare it with 'using var'");

    /// <summary>Everything else on the loop stops meanwhile.</summary>
    public static readonly DiagnosticDescriptor BlocksTheLoop = Warning("TAME064", "Call that blocks the loop",
        "'{0}' blocks the thread of the event loop and everything else that runs on it; {1}");

    // ---- what is kept ----

    /// <summary>A million waiting calls need a million closures, so the user should see what makes one large.</summary>
    public static readonly DiagnosticDescriptor Kept = Rule("TAME080", "What a tamed method keeps",
        "A call of '{0}' keeps {1} bytes while it waits: {2}", DiagnosticSeverity.Hidden, isEnabled: false);

    /// <summary>If calls nest without end, a call may start later than its caller expects. Users enable the rule to see which.</summary>
    public static readonly DiagnosticDescriptor MayNest = new("TAME081", "Tamed calls that may nest without end",
        "Calls of '{0}' may nest without end: {1}; if little stack is left, a call {2}", "Tame", DiagnosticSeverity.Info, isEnabledByDefault: false,
        helpLinkUri: HelpLinks.Of("TAME081"), customTags: WellKnownDiagnosticTags.CompilationEnd);

    // ---- environment ----

    /// <summary>Each generator sees the project without the output of the others. The build would succeed, and the first call would throw.</summary>
    public static readonly DiagnosticDescriptor WrittenByAnother = Error("TAME092", "Tamed body that uses what another generator writes",
        "Another source generator writes {0}, which Tame's generator cannot see when it reads the body of '{1}'; move this use to an ordinary method, and call that method from the body");

    /// <summary>An interceptor replaces a call by its line and column, but the call that runs is in the generated file.</summary>
    public static readonly DiagnosticDescriptor Intercepted = Warning("TAME093", "Intercepted call in a tamed body",
        "'{0}' is intercepted by '{1}', but not in a tamed body, whose code runs in a generated file; move the call to an ordinary method, and call that method from the body");

    /// <summary>If C# itself makes a call for a piece of text, generated code cannot pass it an argument.</summary>
    public static readonly DiagnosticDescriptor ToldOfGeneratedCode = Warning("TAME094", "Caller information of generated code",
        "'{0}' asks for {1}, but C# passes the value from generated code, because {2} takes no argument for it; {3}");

    // ---- hosts ----

    /// <summary>A grain runs one turn at a time, and its state is safe only in turns.</summary>
    public static readonly DiagnosticDescriptor LeavesTheTurn = Warning("TAME100", "Tamed code of a grain that leaves its turn",
        "'{0}' belongs to the grain, and '{1}' leaves the grain's turn: other code of the grain may run at the same time; wait for the result in the body, and use the grain there");

    // ---- faults ----

    /// <summary>A bug of the generator affects one method. Only the generator reports it, because an analyzer with the same bug could only repeat it.</summary>
    public static readonly DiagnosticDescriptor GeneratorFault = Error("TAME099", "Fault of the generator",
        "Tame failed in {1} of '{0}' ({2}; in {3}); this is a bug in Tame, and the rest of the project is built: report it with the body of '{0}', and until it is fixed move statements of the body to an ordinary method");

    /// <summary>
    /// Whether <c>TamedAnalyzer</c> reports a rule. It does not report what is kept and what may nest, which have separate analyzers, or faults of the
    /// generator.
    /// </summary>
    public static bool IsOfTamedAnalyzer(DiagnosticDescriptor rule) => rule.DefaultSeverity != DiagnosticSeverity.Hidden && rule.Id != GeneratorFault.Id && rule.Id != MayNest.Id;

    private static DiagnosticDescriptor Error(string id, string title, string message) => Rule(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Rule(id, title, message, DiagnosticSeverity.Warning);

    /// <summary>A rule that is not enabled is reported only if it is requested by name, not if all rules are enabled together.</summary>
    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity, bool isEnabled = true) =>
        new(id, title, message, "Tame", severity, isEnabled, helpLinkUri: HelpLinks.Of(id));
}

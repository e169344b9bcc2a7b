using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>Recognizes twait and mkevent: the symbols of Tame.Primitives in one compilation.</summary>
internal sealed class PrimitiveSymbols
{
    private const string PrimitivesName = "Tame.Primitives";
    private const string TwaitBlockName = "Tame.CompilerServices.TwaitBlock";
    private const string KeepsEventName = "KeepsEventAttribute";

    private PrimitiveSymbols(INamedTypeSymbol primitives, INamedTypeSymbol twaitBlock)
    {
        Primitives = primitives;
        TwaitBlock = twaitBlock;
    }

    public INamedTypeSymbol Primitives { get; }
    public INamedTypeSymbol TwaitBlock { get; }

    /// <summary>Null if the compilation does not reference the runtime: then it contains no primitive.</summary>
    public static PrimitiveSymbols? Resolve(Compilation compilation)
    {
        var primitives = compilation.GetTypeByMetadataName(PrimitivesName);
        var twaitBlock = compilation.GetTypeByMetadataName(TwaitBlockName);
        return primitives is null || twaitBlock is null ? null : new PrimitiveSymbols(primitives, twaitBlock);
    }

    public bool IsTwait(IMethodSymbol method) => method.Name == "twait" && IsPrimitive(method);

    /// <summary>The wait form of a method. Null if it is not a `twait`.</summary>
    public WaitForm? FormOf(IMethodSymbol method) => !IsTwait(method) ? null : method.Parameters.FirstOrDefault()?.Name switch
    {
        null => WaitForm.Block,
        "start" => WaitForm.Start,
        "task" => WaitForm.Task,
        _ => WaitForm.Join,
    };

    /// <summary>`twait()`, the resource of a block.</summary>
    public bool IsTwaitBlock(IMethodSymbol method) => FormOf(method) == WaitForm.Block;

    public bool IsMkevent(IMethodSymbol method) => method.Name == "mkevent" && IsPrimitive(method);

    /// <summary>`mkevent` without a rendezvous: its event belongs to the enclosing block.</summary>
    public bool IsMkeventOfBlock(IMethodSymbol method) => IsMkevent(method) && method.Parameters.FirstOrDefault()?.Type.Name != "Rendezvous";

    /// <summary>A rendezvous, with or without ids.</summary>
    public bool IsRendezvous(ITypeSymbol type) =>
        type is { Name: "Rendezvous", ContainingType: null } && SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, Primitives.ContainingNamespace);

    /// <summary>An event of any arity, or null in place of one.</summary>
    public bool IsEvent(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } maybe ? IsEvent(maybe.TypeArguments[0])
        : type is { Name: "Event", ContainingType: null } && SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, Primitives.ContainingNamespace);

    public bool IsTwaitBlock(IUsingOperation statement) =>
        statement.Resources is IInvocationOperation resource && IsTwaitBlock(resource.TargetMethod);

    /// <summary>The closing brace of a block, as the compiler lowers it.</summary>
    public bool IsBlockDispose(IMethodSymbol method) =>
        method.Name == "Dispose" && SymbolEqualityComparer.Default.Equals(method.ContainingType, TwaitBlock);

    /// <summary>Whether a primitive keeps the handle of its last parameter until the event completes. <c>KeptPrimitives</c> of the runtime has all of these.</summary>
    public bool IsKeeper(IMethodSymbol method) => method.Name is "asap" or "timer" or "wait_on_fd" && IsPrimitive(method);

    /// <summary>Whether an instance method keeps the handle of its last parameter until the event completes. It has a twin for such a call, named <c>…Kept</c>.</summary>
    public bool HasTwin(IMethodSymbol method) => !method.IsStatic && method.OriginalDefinition.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: KeepsEventName } type && SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, TwaitBlock.ContainingNamespace));

    private bool IsPrimitive(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingType, Primitives);
}

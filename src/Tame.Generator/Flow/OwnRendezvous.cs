using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>
/// Finds rendezvous in which only the body can create events: locals that always hold a new one, and that the body uses only for <c>mkevent</c>, <c>twait</c>,
/// their own methods, and their properties. A wait on one without outstanding events cannot end.
/// </summary>
internal sealed class OwnRendezvous(PrimitiveSymbols primitives)
{
    private readonly HashSet<ISymbol> _made = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _escaped = new(SymbolEqualityComparer.Default);

    public bool Contains(ISymbol local) => _made.Contains(local) && !_escaped.Contains(local);

    /// <summary>Records what an operation of the body does with such a local, and the number of nested functions around it.</summary>
    public void Note(IOperation operation, int depth)
    {
        if (operation is IVariableDeclaratorOperation { Parent: IVariableDeclarationOperation, Symbol: var local } declarator && primitives.IsRendezvous(local.Type))
        {
            _made.Add(local);
            if (local.IsRef || declarator.GetVariableInitializer() is { Value: var value } && !IsNew(value)) _escaped.Add(local);
        }
        else if (operation is ILocalReferenceOperation reference && primitives.IsRendezvous(reference.Local.Type) && (depth > 0 || !IsOwnUse(reference)))
        {
            _escaped.Add(reference.Local);
        }
    }

    private bool IsOwnUse(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation call, Parameter.Name: "rendezvous" } => primitives.IsMkevent(call.TargetMethod) || primitives.IsTwait(call.TargetMethod),
        IInvocationOperation { TargetMethod.Name: "TryJoin" or "Cancel" or "Dispose" } call => call.Instance == reference,
        IPropertyReferenceOperation property => property.Instance == reference,
        ISimpleAssignmentOperation { Parent: IExpressionStatementOperation, IsRef: false } assignment => assignment.Target == reference && IsNew(assignment.Value),
        _ => false,
    };

    private static bool IsNew(IOperation value) => value switch
    {
        IConversionOperation { IsImplicit: true } conversion => IsNew(conversion.Operand),
        _ => value is IObjectCreationOperation,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>Finds variables that only the statements of the body itself change: no lambda writes them, and no reference or pointer to them exists.</summary>
internal sealed class SteadyVariables
{
    private readonly HashSet<ISymbol> _owners;
    private readonly HashSet<ISymbol> _unsteady = new(SymbolEqualityComparer.Default);

    private SteadyVariables(HashSet<ISymbol> owners) => _owners = owners;

    public static SteadyVariables Find(IMethodBodyOperation body, BodyFacts facts)
    {
        var found = new SteadyVariables(facts.Owners);
        found._unsteady.UnionWith(facts.Slots.Where(facts.Captures.IsCaptured));
        var open = new Stack<(IOperation Operation, bool Nested)>();
        open.Push((body, false));
        while (open.Count > 0)
        {
            var (operation, nested) = open.Pop();
            found.Note(operation, nested);
            nested |= facts.Nested.Is(operation);
            foreach (var child in operation.ChildOperations)
                open.Push((child, nested));
        }

        return found;
    }

    public bool Contains(ISymbol variable) => variable is ILocalSymbol { IsRef: false, IsConst: false } or IParameterSymbol { RefKind: RefKind.None }
        && _owners.Contains(variable.ContainingSymbol) && !_unsteady.Contains(variable);

    private void Note(IOperation operation, bool nested)
    {
        ISymbol? variable = operation switch
        {
            ILocalReferenceOperation reference => reference.Local,
            IParameterReferenceOperation reference => reference.Parameter,
            _ => null,
        };
        if (variable is not null && (IsReferredTo(operation) || (nested && IsWritten(operation))))
            _unsteady.Add(variable);
    }

    private static bool IsReferredTo(IOperation reference) => reference.Parent switch
    {
        IAddressOfOperation => true,
        ISimpleAssignmentOperation { IsRef: true } => true,
        IConditionalOperation { IsRef: true } => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
        _ => false,
    };

    private static bool IsWritten(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation or ITupleOperation => true,
        IArgumentOperation argument => argument.Parameter is null or { RefKind: not RefKind.None },
        _ => false,
    };
}

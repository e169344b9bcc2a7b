using System.Globalization;
using Microsoft.CodeAnalysis;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Analysis;

/// <summary>Lists what the closure of a body holds, why, and its size in bytes on a 64-bit machine.</summary>
internal sealed class KeptValues(BodyContext context, IReadOnlyCollection<int> transient)
{
    /// <summary>The fields that every closure has; a test measures them.</summary>
    private const int OfEveryClosure = 92;

    private readonly List<string> _words = [];
    private bool _isExact = true;

    public Diagnostic Describe(Location place)
    {
        var fields = new List<TypeSize>();
        if (!context.Declaration.IsStatic) fields.Add(AddWord("'this'", TypeSize.Reference, ""));
        for (var i = 0; i < context.Locals.All.Count; i++) AddField(i, fields);
        fields.AddRange(context.Scopes.All.Where(scope => !scope.IsInText).Select(_ => AddWord("an object for what lambdas capture", TypeSize.Reference, "and its own size")));
        var bytes = TypeSize.OfObject(OfEveryClosure, fields);
        _words.Add($"{Number(TypeSize.OfObject(OfEveryClosure, []))} that every call takes");
        return Diagnostic.Create(Rules.Kept, place, context.Declaration.Name, (_isExact ? "" : "about ") + Number(bytes), string.Join("; ", _words));
    }

    private void AddField(int index, List<TypeSize> fields)
    {
        var local = context.Locals.All[index];
        var (symbol, type) = context.Locals.Origins[index];
        var size = local.Example is not null ? TypeSize.Reference : type is not null ? TypeSize.Of(type) : local.Hidden is { } hidden ? OfHidden(hidden) : TypeSize.Reference;
        if (local is { IsEvent: true, IsReassigned: true }) fields.Add(AddWord($"'{local.Name}'", size, "as it was passed in"));
        if (transient.Contains(index)) fields.Add(AddWord($"'{local.Name}'", size, "handed over when a call first waits"));
        if (local.Kind is not (LocalKind.Parameter or LocalKind.OutParameter or LocalKind.Kept)) return;
        fields.Add(AddWord(local.Hidden is { } value ? Words(value) : $"'{local.Name}'", size, symbol is null ? "" : Reason(symbol)));
    }

    /// <summary>The values that the statements of a body keep.</summary>
    private static string Words(HiddenValue value) => value switch
    {
        HiddenValue.Items => "an enumerated collection",
        HiddenValue.Owner => "the owner of an inline array",
        HiddenValue.Index => "an index of a foreach",
        HiddenValue.Enumerator => "an enumerator",
        HiddenValue.Resource => "a resource of a using",
        HiddenValue.Target => "a place that a wait writes to",
        HiddenValue.Caught => "a caught exception",
        HiddenValue.Thrown => "an exception that passes a finally",
        HiddenValue.Exit => "an exit that a finally goes on to",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private TypeSize AddWord(string what, TypeSize size, string why)
    {
        _isExact &= size.IsExact;
        _words.Add($"{what} {Number(size.Bytes)}{(why.Length > 0 ? $" ({why})" : "")}");
        return size;
    }

    private string Reason(ISymbol symbol)
    {
        if (symbol is IParameterSymbol) return "a parameter";
        if (context.Flow.IsSlot(symbol)) return "a slot";
        var wait = context.Flow.LiveAcross.FirstOrDefault(crossing => SymbolEqualityComparer.Default.Equals(crossing.Local, symbol)).Wait;
        return wait is null ? "used by a local function" : $"needed after the wait in line {Number(Spans.LineOf(wait))}";
    }

    private static TypeSize OfHidden(HiddenValue value) => value switch
    {
        HiddenValue.Index or HiddenValue.Exit => TypeSize.Int,
        HiddenValue.Target => TypeSize.Slot,
        _ => TypeSize.Reference,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

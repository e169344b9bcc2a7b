using Tame.Generator.Model;

namespace Tame.Generator.Lowering;

/// <summary>The other members: the fields of the closure, the scope objects, and the functions that moved to them.</summary>
internal sealed partial class Lowerer
{
    private IEnumerable<Field> Fields()
    {
        for (var i = 0; i < _method.Locals.Count; i++)
        {
            var local = _method.Locals[i];
            if (local is { IsEvent: true, IsReassigned: true }) yield return new Field(_names.Original(i), local.Type, FieldKind.Event, HoldsReferences: true) { IsNullableEvent = local.IsNullableEvent };
            if (!Names.IsField(local)) continue;
            var isParameter = local.Kind != LocalKind.Kept;
            var kind = local.IsEvent && !local.IsReassigned ? FieldKind.Event : isParameter ? FieldKind.Parameter : FieldKind.Local;
            yield return new Field(_names.LocalName(i), local.Type, kind, local.HoldsReferences) { IsNullableEvent = local.IsNullableEvent };
        }

        foreach (var local in _parts?.Transient ?? []) yield return new Field(_names.Original(local), _method.Locals[local].Type, FieldKind.Transient, HoldsReferences: false);
    }

    /// <summary>The classes of the scope objects, with the fields in the closure that hold them.</summary>
    private IEnumerable<ScopeClass> Scopes()
    {
        for (var i = 0; i < _method.Scopes.Count; i++)
        {
            var scope = _method.Scopes[i];
            var own = Enumerable.Range(0, _method.Locals.Count).Where(local => _method.Locals[local] is { Kind: LocalKind.Captured, Type.Length: > 0 } && _method.Locals[local].Scope == i)
                .Select(local => new Field(_names.LocalName(local), _method.Locals[local].Type, FieldKind.Local, _method.Locals[local].HoldsReferences));
            var links = scope.Links.Select(link => new Field(_names.ScopeName(link), _names.ScopeType(link), FieldKind.Local, HoldsReferences: true));
            var isEntered = _method.Parameters.Select((_, index) => index).Any(p => p < _method.Locals.Count && _method.Locals[p].Scope == i);
            yield return new ScopeClass(
                _method.Generated.ScopeClass(i), scope.IsInText ? null : _names.ScopeName(i), scope.HasSelf ? _names.Self : null,
                isEntered ? _names.NewScope(i) : null, links.Concat(own).ToEquatable());
        }
    }

    private Function Function(LocalFunction function)
    {
        var home = _method.Locals[function.Local].Scope;
        var scopes = function.Links.Prepend(home).ToList();
        return new Function
        {
            Source = function,
            Scope = home,
            Name = _names.LocalName(function.Local),
            MethodName = _names.FunctionName(function),
            ScopeParameters = string.Join(", ", scopes.Select(scope => $"{_names.ScopeType(scope)} {_names.ScopeName(scope)}")),
            ScopeArguments = string.Join(", ", function.Links.Select(_names.ScopeName).Prepend("this")),
            Body = OperationOf(function.Body),
        };
    }

    private Argument Argument(Parameter parameter, int index)
    {
        if (index >= _method.Locals.Count) return new Argument(parameter.Name, default, parameter.IsOut);
        var local = _method.Locals[index];
        var field = local.Kind == LocalKind.Captured ? _names.ScopeName(local.Scope) + "." + _names.LocalName(index) : _names.LocalName(index);
        string[] fields = local.IsReassigned ? [field, _names.Original(index)] : [field];
        return new Argument(parameter.Name, fields.ToEquatable(), parameter.IsOut);
    }

    private IEnumerable<string> TopLocals()
    {
        for (var i = 0; i < _method.Examples.Count; i++) yield return $"var {_names.Example(i, isLater: false)} = {_method.Examples[i]};";
        for (var i = 0; i < _method.Locals.Count; i++)
        {
            var local = _method.Locals[i];
            if (local.Kind == LocalKind.Plain && (_parts is null || _parts.InClosure.Contains(i))) yield return Declaration(i);
        }
    }

    public string Declaration(int index)
    {
        var local = _method.Locals[index];
        var value = local.Reference.Length == 0 ? "default" : $"ref global::System.Runtime.CompilerServices.Unsafe.NullRef<{local.Type}>()";
        return $"{(local.IsScoped ? "scoped " : "")}{local.Reference}{local.Type} {_names.LocalName(index)} = {value};";
    }
}

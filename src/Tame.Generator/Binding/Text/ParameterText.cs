using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding.Text;

/// <summary>Writes the return type, parameters and arguments of local functions and lambdas from their symbols.</summary>
internal static class ParameterText
{
    public static string ReturnType(IMethodSymbol function, ExternAliases aliases) => function.RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.RefReadOnly => "ref readonly ",
        _ => "",
    } + (function.ReturnsVoid ? "void" : SymbolText.Of(function.ReturnType, aliases));

    public static string Parameter(IParameterSymbol parameter, string name, ExternAliases aliases) => (parameter.IsParams ? "params " : "")
        + (parameter.ScopedKind == ScopedKind.None || parameter.IsParams || parameter.RefKind == RefKind.Out ? "" : "scoped ")
        + parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => "",
        }
        + SymbolText.Of(parameter.Type, aliases) + " " + name
        + (parameter.HasExplicitDefaultValue ? " = " + ConstantText.Of(parameter.Type, parameter.ExplicitDefaultValue, aliases) : "");

    public static string Argument(IParameterSymbol parameter) => parameter.RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In or RefKind.RefReadOnlyParameter => "in ",
        _ => "",
    } + SymbolText.Name(parameter);
}

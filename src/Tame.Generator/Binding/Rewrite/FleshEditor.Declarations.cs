using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>Declarations of hoisted locals become assignments, or nothing.</summary>
internal sealed partial class FleshEditor
{
    public override void VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node)
    {
        if (IsHoisted(node.Declaration)) _edits.Replace(node.Span, Assignments(node.Declaration, "; ", ";"));
        else base.VisitLocalDeclarationStatement(node);
    }

    public override void VisitForStatement(ForStatementSyntax node)
    {
        if (node.Declaration is { } declaration && IsHoisted(declaration))
        {
            _edits.Replace(declaration.Span, Assignments(declaration, ", ", ""));
            foreach (var child in node.ChildNodes()) if (child != declaration) Visit(child);
        }
        else
        {
            base.VisitForStatement(node);
        }
    }

    public override void VisitVariableDeclarator(VariableDeclaratorSyntax node)
    {
        if (Declared(node) is { } local)
        {
            _edits.Replace(node.Identifier.Span, Refer(local, node.Identifier));
            if (_context.Locals.All[local].IsOnStack && node.Initializer is { } initializer) HoldInValue(initializer.EqualsToken, initializer.Value);
        }

        base.VisitVariableDeclarator(node);
    }

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        if (Declared(node) is { } local) _edits.Replace(node.Identifier.Span, Refer(local, node.Identifier));
        base.VisitLocalFunctionStatement(node);
    }

    public override void VisitDeclarationExpression(DeclarationExpressionSyntax node)
    {
        if (HasHoisted(node.Designation)) _edits.Replace(node.Span, [.. Designation(node.Designation, node.Type.ToString()), new TextPiece(Gap(node.Span).TrimStart(' '))]);
        else base.VisitDeclarationExpression(node);
    }

    /// <summary>The declarators as assignments. One without a value resets a field, and needs no code for a local.</summary>
    public List<Piece> Assignments(VariableDeclarationSyntax declaration, string separator, string end)
    {
        var pieces = new List<Piece>();
        foreach (var declarator in declaration.Variables)
        {
            var local = Declared(declarator)!.Value;
            var reference = Refer(local, declarator.Identifier);
            if (declarator.Initializer is null && _context.Locals.All[local].Kind == LocalKind.Plain) continue;
            if (pieces.Count > 0) pieces.Add(new TextPiece(separator));
            pieces.AddRange(Assignment(reference, declarator.Initializer?.Value, StepPoints.Variable(declarator)));
        }

        if (pieces.Count > 0) pieces.Add(new TextPiece(end));
        return pieces;
    }

    private Piece[] Assignment(LocalPiece local, ExpressionSyntax? value, TextSpan place) => value switch
    {
        null => Plumbing(local, " = default"),
        _ => Assignment(local, value, Spans.Of(value.SyntaxTree, place), " =" + Gap(TextSpan.FromBounds(place.Start, value.SpanStart))),
    };

    private Piece[] Assignment(LocalPiece local, ExpressionSyntax value, SourceSpan place, string sign) => value switch
    {
        InitializerExpressionSyntax items => Point(place, local, $"{sign}new {_context.Locals.All[local.Local].Type} ", Pieces(items)),
        StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax when Model.GetTypeInfo(value, _context.Cancellation).ConvertedType is IPointerTypeSymbol type =>
            // Only a declaration allocates stack memory through a pointer. The memory stays until Resume returns.
            [.. Plumbing("{ "), .. Point(place, $"{SymbolText.Of(type, _context.Aliases)} {_context.Generated.Memory} = ", Pieces(value), "; "), .. Plumbing(local, $" = {_context.Generated.Memory}; }}")],
        _ => Point(place, local, sign, _context.Locals.All[local.Local].IsOnStack ? HeldValue(value) : Pieces(value)),
    };

    /// <summary>White space with as many line breaks as a stretch of the user's text, so that the following text stays on its line.</summary>
    private string Gap(TextSpan text)
    {
        var lines = Model.SyntaxTree.GetText(_context.Cancellation).ToString(text).Split('\n');
        var last = lines[lines.Length - 1];
        return lines.Length == 1 ? " " : new string('\n', lines.Length - 1) + (string.IsNullOrWhiteSpace(last) ? last : "");
    }

    /// <summary>The assignments of a designation: hoisted locals by name, others declared as before.</summary>
    public List<Piece> Designation(VariableDesignationSyntax designation, string type)
    {
        var pieces = new List<Piece>();
        switch (designation)
        {
            case ParenthesizedVariableDesignationSyntax several:
                foreach (var each in several.Variables)
                {
                    pieces.Add(new TextPiece(pieces.Count == 0 ? "(" : ", "));
                    pieces.AddRange(Designation(each, type));
                }

                pieces.Add(new TextPiece(")"));
                break;
            case SingleVariableDesignationSyntax single when Declared(single) is { } local:
                pieces.Add(Refer(local, single.Identifier));
                break;
            case SingleVariableDesignationSyntax single:
                pieces.Add(new TextPiece(type + " " + single));
                break;
            default:
                pieces.Add(new TextPiece("_"));
                break;
        }

        return pieces;
    }

    public bool IsHoisted(VariableDeclarationSyntax declaration) =>
        _context.Locals.IsHoisted(Model.GetDeclaredSymbol(declaration.Variables[0], _context.Cancellation));

    public int? Declared(SyntaxNode declarator) => _context.Locals.Find(Model.GetDeclaredSymbol(declarator, _context.Cancellation));

    private bool HasHoisted(SyntaxNode designation) =>
        designation.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Any(single => Declared(single) is not null);
}

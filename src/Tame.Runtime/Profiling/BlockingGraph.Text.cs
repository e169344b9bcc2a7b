namespace Tame;

public sealed partial record BlockingGraph
{
    /// <summary>The graph in the language of Graphviz: <c>dot -Tsvg</c> draws it. Calls are dashed, returns are dotted.</summary>
    public string ToDot() => DotText.Of(this);

    /// <summary>The graph as a flowchart of Mermaid, which GitHub and other pages of Markdown draw. Calls are dotted, returns are thick.</summary>
    public string ToMermaid() => MermaidText.Of(this);
}

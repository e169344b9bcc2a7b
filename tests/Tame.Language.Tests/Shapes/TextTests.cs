#define CHOSEN
using System.Diagnostics;

namespace Tame.Language.Tests.Shapes;

/// <summary>Text that means what it says wherever it stands: literals over lines, comments, directives.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void Literals_over_several_lines_keep_their_text() => Assert.Equal(
        "one\n  two \"x\"|raw\n  1 {x}\n#if not one|a\n    b 1|raw 1 \"1\"|name|1|[\n    1]|{{1}}", Trace.Of(Literals));

    [Tamed] private static partial void Literals(Trace trace, Event done);

    private static void LiteralsBody(Trace trace, Event done)
    {
        var x = 1;
        using (twait()) asap(mkevent());
        {
            using (twait()) asap(mkevent());
            string[] all =
            [
                @"one
  two ""x""",
                $$"""
                raw
                  {{x}} {x}
                #if not one
                """,
                $@"a
    b {x}",
                $"""raw {x} "{(x is int one ? one : 0)}" """.Trim(),
                $"{nameof(Trace.Of) switch { _ => "name" }}",
                $"{x switch
                {
                    // a comment in a hole
                    1 => 1,
                    _ => 0,
                }}",
            ];
            trace.Add(string.Join("|", all) + "|" + $$"""
                [
                    {{x}}]
                """ + "|" + $$$"""{{{{{x}}}}}""");
        }

        done.Trigger();
    }

    [Fact]
    public void Comments_of_every_kind_may_stand_between_and_inside_statements() => Assert.Equal("1 2 3", Trace.Of(Comments));

    [Tamed] private static partial void Comments(Trace trace, Event done);

    private static void CommentsBody(Trace trace, Event done)
    {
        // #if in a comment; "quotes" and 'a' { } */ // more \
        var x = /* "in */ 1 // after "an expression
            ; /* and
        #if behind
           it */ // twice
        /// <summary>No documentation & no XML</summary>
        if (x == 1 // why not
            /* either */ && x != 2 /* or */) // "here"
        {
            /** {{{ **/
            using (/* in */ twait( /* there */ )) /* between */ asap( // and on
                mkevent(/* empty */)); // 日本語 \u000A
            trace.Add(x); /* a */ /* b */ trace.Add(x + 1 /* c */); // \\
        }
        else /* never */
            using (twait()) asap(mkevent()); // ;

        for (var i = 0; /* long */ i < 1; i++ /* steps */) // loops
            using (twait(/**/)) asap(mkevent());
        trace.Add(3);
        done.Trigger(/* last */); //
    }

    [Fact]
    public void Directives_inside_a_body_choose_and_are_gone() => Assert.Equal("0 chosen 1 2 3", Trace.Of(Directives));

    [Tamed] private static partial void Directives(Trace trace, Event done);

    private static void DirectivesBody(Trace trace, Event done)
    {
        #region first
        string? text = null;
        trace.Add(text?.Length ?? 0);
#nullable disable
        string oblivious = null;
#nullable restore
        using (twait()) asap(mkevent());
        Chosen(trace);
        NotChosen(trace);
        #endregion
#if CHOSEN && !NOT_CHOSEN
        if (text is null)
#elif true
        if (text is not null)
        {
            twait nonsense ((
#else
        while (true)
#endif
        {
#pragma warning disable CS0618 // one
            using (twait()) asap(mkevent());
            trace.Add(1
#if CHOSEN
                + (oblivious is null ? 0 : 1)
#endif
                );
#pragma warning restore CS0618
        }
#if NOT_CHOSEN
        using (twait()) { "
#endif
        trace.Add(2);
#line 4000 "Elsewhere.cs"
        using (twait()) asap(mkevent());
#line default
        trace.Add(3);
        done.Trigger();
    }

    [Conditional("CHOSEN")] private static void Chosen(Trace trace) => trace.Add("chosen");

    [Conditional("NOT_CHOSEN")] private static void NotChosen(Trace trace) => trace.Add("?");

    [Fact]
    public void A_conditional_tamed_method_is_called_where_its_symbol_is_defined() => Assert.Equal("kept chosen", Trace.Of(Conditionals));

    [Tamed] private static partial void Conditionals(Trace trace, Event done);

    private static void ConditionalsBody(Trace trace, Event done)
    {
        using (twait())
        {
            Never(trace, mkevent());
            asap(mkevent());
        }

        trace.Add("kept");
        using (twait()) Always(trace, mkevent());
        done.Trigger();
    }

    [Tamed, Conditional("NOT_CHOSEN")] private static partial void Never(Trace trace, Event done);

    private static void NeverBody(Trace trace, Event done) => trace.Add(done);

    [Tamed, Conditional("CHOSEN")] private static partial void Always(Trace trace, Event done);

    private static void AlwaysBody(Trace trace, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add("chosen");
        done.Trigger();
    }
}

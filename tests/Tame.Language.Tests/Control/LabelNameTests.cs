#pragma warning disable CS0162, CS0164 // Some labels are there for their names.

namespace Tame.Language.Tests.Control;

/// <summary>Labels whose names are keywords, everywhere or in some places.</summary>
public sealed partial class LabelNameTests
{
    [Fact]
    public void A_label_may_be_a_keyword() => Assert.Equal("2 4 6 8 10 return", Trace.Of(Keywords));

    [Tamed] private static partial void Keywords(Trace trace, Event done);

    private static void KeywordsBody(Trace trace, Event done)
    {
        var n = 0;
        {
        @if:
            n++;
            using (twait()) asap(mkevent());
            if (n < 2) goto @if;
            trace.Add(n);
        }

        {
        @if:
            n++;
            using (twait()) asap(mkevent());
            if (n < 4) goto @if;
            trace.Add(n);
        }

        {
        @await:
            n++;
            using (twait()) asap(mkevent());
            if (n < 6) goto await;
            trace.Add(n);
        }

        {
        var:
            n++;
            using (twait()) asap(mkevent());
            if (n < 8) goto @var;
            trace.Add(n);
        }

        {
        @while:
            n++;
            if (n < 10) goto @while;
            trace.Add(n);
        }

        for (; ; n++)
        {
            using (twait()) asap(mkevent());
            if (n == 12) goto @return;
        }

    @return:
        trace.Add(nameof(@return));
        done.Trigger();

        static void @return()
        {
        }
    }

    [Fact]
    public void A_name_that_a_second_label_would_get_is_left_to_the_user() => Assert.Equal("2 4 if__2 2", Trace.Of(Taken));

    [Tamed] private static partial void Taken(Trace trace, Event done);

    private static void TakenBody(Trace trace, Event done)
    {
        var n = 0;
        {
        @if:
            n++;
            using (twait()) asap(mkevent());
            if (n < 2) goto @if;
            trace.Add(n);
        }

        {
        @if:
            n++;
            using (twait()) asap(mkevent());
            if (n < 4) goto @if;
            trace.Add(n);
        }

    if__2:
        trace.Add(nameof(if__2));
        if (n > 4) goto if__2;
    __1:
        n -= 2;
        using (twait()) asap(mkevent());
        if (n > 2) goto __1;
        trace.Add(n);
        done.Trigger();

        static void if__2()
        {
        }
    }

    [Fact]
    public void Goto_with_a_sign_before_default_leads_where_the_compiler_leads_it()
    {
        Assert.Equal("default outer end", AsCompiled());
        Assert.Equal("default outer end", Trace.Of(Default));
    }

    [Tamed] private static partial void Default(Trace trace, Event done);

    private static void DefaultBody(Trace trace, Event done)
    {
        var n = 0;
        switch (n)
        {
            case 0:
                using (twait()) asap(mkevent());
                goto @default;
            default:
                trace.Add("default");
                break;
        }

        switch (n)
        {
            case 0:
                switch (n + 1)
                {
                    case 1:
                        try
                        {
                            goto @default;
                        }
                        finally
                        {
                            using (twait()) asap(mkevent());
                        }
                }

                break;
            default:
                trace.Add("outer");
                break;
        }

        if (n > 0) goto @default;
        trace.Add("end");
        done.Trigger();
        return;
    @default:
        trace.Add("user");
        done.Trigger();
    }

    private static string AsCompiled()
    {
        var trace = new Trace();
        var n = 0;
        switch (n)
        {
            case 0:
                goto @default;
            default:
                trace.Add("default");
                break;
        }

        switch (n)
        {
            case 0:
                switch (n + 1)
                {
                    case 1:
                        goto @default;
                }

                break;
            default:
                trace.Add("outer");
                break;
        }

        if (n > 0) goto @default;
        trace.Add("end");
        return trace.ToString();
    @default:
        trace.Add("user");
        return trace.ToString();
    }

    [Fact]
    public void A_label_named_case_or_default_is_a_label_where_no_switch_has_a_default() => Assert.Equal("case default 1", Trace.Of(Own));

    [Tamed] private static partial void Own(Trace trace, Event done);

    private static void OwnBody(Trace trace, Event done)
    {
        var n = 0;
        switch (n)
        {
            case 0:
                using (twait()) asap(mkevent());
                goto @case;
            case 1:
                trace.Add("wrong");
                break;
        }

    @case:
        trace.Add("case");
        switch (n)
        {
            case 0:
                n++;
                goto @default;
        }

        trace.Add("wrong");
    @default:
        using (twait()) asap(mkevent());
        if (n == 0) goto @case;
        trace.Add("default");
        trace.Add(n);
        done.Trigger();
    }
}

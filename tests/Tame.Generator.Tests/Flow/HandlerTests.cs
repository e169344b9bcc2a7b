namespace Tame.Generator.Tests.Flow;

public sealed class HandlerTests
{
    [Fact]
    public void What_a_catch_reads_lives_across_a_wait_in_the_try() =>
        TamedBody.Check("int live = 1; int x = 1; try { Use(x); Wait(); } catch (Exception e) { Use(live, e); }");

    [Fact]
    public void An_assignment_in_a_try_may_not_have_happened() =>
        TamedBody.Check("int live = 1; Wait(); try { live = Next(); } catch { Use(live); }");

    [Fact]
    public void What_a_filter_reads_lives() =>
        TamedBody.Check("int live = 1; try { Wait(); } catch (Exception e) when (e.Message.Length > live) { }");

    [Fact]
    public void A_filter_that_says_no_goes_on_to_the_next_handler() =>
        TamedBody.Check("""
            int live = 1; int x = 0; int liveOuter = 3;
            try
            {
                try { Wait(); x = 1; }
                catch (InvalidOperationException) when (Try(out x)) { }
                catch (ArgumentException) { Use(live); }
            }
            catch (Exception) { Use(liveOuter); }
            """);

    [Fact]
    public void A_catch_variable_used_after_a_wait_in_the_catch_lives() =>
        TamedBody.Check("try { Use(1); } catch (InvalidOperationException x) { Use(x); Wait(); } catch (Exception live) { Wait(); Use(live); throw; }");

    [Fact]
    public void What_a_finally_reads_lives() =>
        TamedBody.Check("int live = 1; int x = 1; try { Use(x); Wait(); } finally { Use(live); }");

    [Fact]
    public void A_wait_in_a_finally_keeps_what_each_way_out_needs() =>
        TamedBody.Check("int live = 1; int x = 1; int liveOuter = 1; try { try { Use(x); } finally { Wait(); } Use(live); } catch { Use(liveOuter); }");

    [Fact]
    public void A_finally_goes_on_to_the_outer_finally() =>
        TamedBody.Check("int live = 1; try { try { Use(1); } finally { Wait(); } } finally { Use(live); }");

    [Fact]
    public void A_way_out_through_finally_does_not_mix_with_another() =>
        TamedBody.Check("""
            int liveI = 0;
            while (true)
            {
                int x = Next();
                try
                {
                    if (Maybe()) break;
                    if (Maybe()) { Wait(); continue; }
                }
                finally { Use(liveI); }
                Use(x);
            }
            """);

    [Fact]
    public void A_return_through_finally_needs_nothing_beyond() =>
        TamedBody.Check("int x = 1; int live = 2; try { if (Maybe()) { Wait(); return; } } finally { Use(live); } Use(x);");

    [Fact]
    public void An_assignment_in_a_finally_replaces_the_value() =>
        TamedBody.Check("int x = 1; Use(x); try { Wait(); } finally { x = 2; } Use(x);");

    [Fact]
    public void Handlers_around_a_catch_see_what_it_throws() =>
        TamedBody.Check("int live = 1; int x = 1; try { try { Use(x); } catch { Wait(); throw; } finally { Use(2); } } catch (Exception) { Use(live); }");

    [Fact]
    public void A_catch_of_everything_stops_the_exception() =>
        TamedBody.Check("int x = 1; try { try { Wait(); } catch (Exception) { } Use(3); } catch (InvalidOperationException) { x = 2; Use(x); } int y = 1; try { try { Wait(); return; } catch { return; } } catch { Use(y); }");

    [Fact]
    public void An_exception_in_a_block_does_not_wait_for_its_events() =>
        TamedBody.Check("int x = 1; try { using (twait()) { x = Next(); throw new Exception(); } } catch { Use(x); }");

    [Fact]
    public void A_block_that_always_throws_never_waits()
    {
        var body = TamedBody.Of("try { using (twait()) { Go(mkevent()); throw new Exception(); } } finally { Use(1); }");

        Assert.False(body.Flow.IsReachable(body.Flow.Waits[0].Syntax));
    }

    [Fact]
    public void Using_variables_live_to_their_disposal() =>
        TamedBody.Check("""
            using (var live = Open()) { Wait(); }
            using (var x = Open()) { Use(x); }
            { using IDisposable liveToo = Open(), liveThree = Open(); Wait(); }
            using var liveLast = Open();
            Wait();
            """);

    [Fact]
    public void A_using_of_an_expression_reads_its_variable_once() =>
        TamedBody.Check("IDisposable x = Open(); using (x) { Wait(); }");

    [Fact]
    public void An_outer_filter_is_asked_before_the_inner_finally() =>
        TamedBody.Check("int live = 1; try { try { Wait(); } finally { live = 2; } } catch (Exception) when (live == 1) { }");

    [Fact]
    public void A_filter_in_a_finally_that_says_no_does_not_end_the_finally() =>
        TamedBody.Check("int x = 1; Use(x); try { Use(2); } finally { Wait(); try { Use(3); } catch (ArgumentException) when (Maybe()) { } x = 2; } Use(x);");

    [Fact]
    public void An_exception_out_of_an_inner_finally_leaves_the_outer_on_its_way() =>
        TamedBody.Check("int live = 1; try { Use(1); } finally { try { try { throw new Exception(); } finally { Wait(); throw new Exception(); } } catch { } } Use(live);");

    [Fact]
    public void A_handler_behind_a_filter_is_reached_by_the_throw()
    {
        var body = TamedBody.Of("try { throw new Exception(); } catch (Exception e) when (e.Message != null) { Wait(); }");

        Assert.True(body.Flow.IsReachable(body.Flow.Waits[0].Syntax));
    }
}

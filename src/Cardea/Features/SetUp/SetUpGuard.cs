using Cardea.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Cardea.Features.SetUp;

/// <summary>
/// Stands before the set-up page, whatever the request: with the right link one gets in, without it the page is not there. The token moves
/// from the address into a cookie at once, so that it stays in no history and no Referer (V14.2.1); opening the link uses up nothing.
/// </summary>
public sealed class SetUpGuard(SetUpDoor door) : IAsyncResourceFilter
{
    public const string Token = "token";

    private static readonly TimeSpan CookieLivesFor = TimeSpan.FromHours(1);

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        var token = http.Request.Query[Token].ToString();
        if (!await door.OpensForAsync(token.Length > 0 ? token : http.ReadCookie(Cookies.SetUp), http.RequestAborted))
        {
            context.Result = new NotFoundResult();
        }
        else if (token.Length > 0)
        {
            http.WriteCookie(Cookies.SetUp, token, CookieLivesFor);
            context.Result = new RedirectResult("/set-up");
        }
        else
        {
            await next();
        }
    }
}

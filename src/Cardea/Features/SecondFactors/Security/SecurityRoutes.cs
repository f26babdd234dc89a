using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>The pages of second factors are reached in two places: as steps of a sign-in, and under the account, with the same words and rules.</summary>
public static class SecurityRoutes
{
    public static void Add(PageRouteModel page)
    {
        foreach (var selector in page.Selectors.ToList())
        {
            var template = $"/{selector.AttributeRouteModel!.Template!.TrimStart('/')}";
            if (FactorPages.InAccount(template) is var inAccount && inAccount != template)
            {
                var second = new SelectorModel { AttributeRouteModel = new() { Template = inAccount.TrimStart('/') } };
                if (inAccount.StartsWith(FactorPages.Add, StringComparison.Ordinal))
                {
                    second.EndpointMetadata.Add(new SignedInRecentlyAttribute());
                }

                page.Selectors.Add(second);
            }
        }
    }
}
